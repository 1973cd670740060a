package org.oddlens.engine.data;

import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.HdfFile;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of an HDF5 group by name and address. The library's own listing creates every member at once, so that one
 * of an unknown kind costs all of them, and it follows links to other files.
 */
final class Hdf5Group {

    private static final int SOFT = 2;

    /**
     * One member.
     *
     * @param address of its header in the file, or -1 for a link
     * @param target  path of a soft link, or null
     * @param outside the other file that an external link points to, or null
     */
    record Member(String name, long address, String target, String outside) {}

    private Hdf5Group() {}

    /** All members of the group whose header lies at {@code address}. */
    static List<Member> members(HdfFile hdf, long address) {
        ObjectHeader header = ObjectHeader.readObjectHeader(hdf.getHdfBackingStorage(), address);
        if (header.hasMessageOfType(SymbolTableMessage.class)) {
            return symbols(hdf, header.getMessageOfType(SymbolTableMessage.class));
        }
        List<Member> members = new ArrayList<>();
        for (LinkMessage link : links(hdf, header)) {
            members.add(
                    switch (link.getLinkType()) {
                        case HARD -> new Member(link.getLinkName(), link.getHardLinkAddress(), null, null);
                        case SOFT -> new Member(link.getLinkName(), -1, link.getSoftLink(), null);
                        case EXTERNAL -> new Member(link.getLinkName(), -1, null, link.getExternalFile());
                    });
        }
        return members;
    }

    /** Links in the header, or, where there are many, in a heap. */
    private static List<LinkMessage> links(HdfFile hdf, ObjectHeader header) {
        LinkInfoMessage info =
                header.hasMessageOfType(LinkInfoMessage.class) ? header.getMessageOfType(LinkInfoMessage.class) : null;
        if (info == null || info.getBTreeNameIndexAddress() == -1) {
            return header.getMessagesOfType(LinkMessage.class);
        }
        HdfBackingStorage storage = hdf.getHdfBackingStorage();
        FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
        BTreeV2<LinkNameForIndexedGroupRecord> index = new BTreeV2<>(storage, info.getBTreeNameIndexAddress());
        List<LinkMessage> links = new ArrayList<>();
        for (LinkNameForIndexedGroupRecord entry : index.getRecords()) {
            links.add(LinkMessage.fromBuffer(heap.getId(entry.getId()), storage.getSuperblock()));
        }
        return links;
    }

    private static List<Member> symbols(HdfFile hdf, SymbolTableMessage table) {
        ByteBuffer names = new LocalHeap(hdf.getHdfBackingStorage(), table.getLocalHeapAddress()).getDataBuffer();
        List<Member> members = new ArrayList<>();
        BTreeV1 tree = BTreeV1.createGroupBTree(hdf.getHdfBackingStorage(), table.getBTreeAddress());
        for (long child : tree.getChildAddresses()) {
            GroupSymbolTableNode node = new GroupSymbolTableNode(hdf.getHdfBackingStorage(), child);
            for (SymbolTableEntry entry : node.getSymbolTableEntries()) {
                String name = text(names, entry.getLinkNameOffset());
                members.add(
                        entry.getCacheType() == SOFT
                                ? new Member(name, -1, text(names, entry.getLinkValueOffset()), null)
                                : new Member(name, entry.getObjectHeaderAddress(), null, null));
            }
        }
        return members;
    }

    private static String text(ByteBuffer heap, int offset) {
        ByteBuffer at = heap.duplicate();
        at.position(offset);
        return Utils.readUntilNull(at);
    }
}
