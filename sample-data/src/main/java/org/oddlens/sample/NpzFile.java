package org.oddlens.sample;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A {@code .npz} file as bytes: a ZIP archive of {@code .npy} entries, stored, all dated 1980-01-01.
 *
 * <p>Stored and not deflated, because compressed bytes differ between builds of zlib, and written here field by field
 * (PKWARE's APPNOTE 4.3.7, 4.3.12, 4.3.16), so that the checksum of a data set is the same everywhere.
 */
final class NpzFile {
    private static final int VERSION = 20;
    private static final int FIRST_OF_JANUARY_1980 = 1 << 5 | 1;

    private NpzFile() {}

    static byte[] of(List<NpyArray> arrays) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (NpyArray array : arrays) {
            byte[] name = (array.name() + ".npy").getBytes(StandardCharsets.US_ASCII);
            byte[] common = common(array.npy(), name.length);

            ByteBuffer entry = little(46 + name.length).putInt(0x02014b50).putShort((short) VERSION);
            entry.put(common).putShort((short) 0).putShort((short) 0).putShort((short) 0);
            entry.putInt(0).putInt(file.size()).put(name);
            directory.writeBytes(entry.array());

            file.writeBytes(little(4).putInt(0x04034b50).array());
            file.writeBytes(common);
            file.writeBytes(name);
            file.writeBytes(array.npy());
        }
        ByteBuffer end = little(22).putInt(0x06054b50).putInt(0);
        end.putShort((short) arrays.size()).putShort((short) arrays.size());
        end.putInt(directory.size()).putInt(file.size()).putShort((short) 0);
        file.writeBytes(directory.toByteArray());
        file.writeBytes(end.array());
        return file.toByteArray();
    }

    /** The 26 bytes that an entry's local header and its line in the directory share. */
    private static byte[] common(byte[] content, int nameLength) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ByteBuffer fields = little(26).putShort((short) VERSION).putShort((short) 0);
        fields.putShort((short) 0).putShort((short) 0).putShort((short) FIRST_OF_JANUARY_1980);
        fields.putInt((int) crc.getValue()).putInt(content.length).putInt(content.length);
        return fields.putShort((short) nameLength).putShort((short) 0).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
