package org.oddlens.engine.data;

import io.jhdf.GroupSymbolTableNode;
import io.jhdf.HdfFile;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.btree.BTreeV1;
import io.jhdf.links.ExternalLink;
import io.jhdf.links.SoftLink;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
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
        if (header.hasMessageOfType(LinkInfoMessage.class)
                && header.getMessageOfType(LinkInfoMessage.class).getFractalHeapAddress() != -1) {
            return listed((Group) hdf.getNodeByAddress(address));
        }
        List<Member> members = new ArrayList<>();
        for (LinkMessage link : header.getMessagesOfType(LinkMessage.class)) {
            members.add(
                    switch (link.getLinkType()) {
                        case HARD -> new Member(link.getLinkName(), link.getHardLinkAddress(), null, null);
                        case SOFT -> new Member(link.getLinkName(), -1, link.getSoftLink(), null);
                        case EXTERNAL -> new Member(link.getLinkName(), -1, null, link.getExternalFile());
                    });
        }
        return members;
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

    /** Groups of so many members that they lie in a heap; left to the library, which does not open these links. */
    private static List<Member> listed(Group group) {
        List<Member> members = new ArrayList<>();
        for (var child : group.getChildren().entrySet()) {
            Node node = child.getValue();
            if (node instanceof ExternalLink external) {
                members.add(new Member(child.getKey(), -1, null, external.getTargetPath()));
            } else if (node instanceof SoftLink soft) {
                members.add(new Member(child.getKey(), -1, soft.getTargetPath(), null));
            } else {
                members.add(new Member(child.getKey(), node.getAddress(), null, null));
            }
        }
        return members;
    }
}
