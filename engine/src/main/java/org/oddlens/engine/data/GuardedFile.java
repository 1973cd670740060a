package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The net below the readers: they check what they read, and what still goes wrong in them, memory that runs out included,
 * becomes a sentence.
 */
final class GuardedFile implements DataFile {

    private final DataFile file;

    private GuardedFile(DataFile file) {
        this.file = file;
    }

    /** What {@code open} opens, itself guarded. */
    static DataFile open(Path path, Supplier<DataFile> open) {
        return new GuardedFile(guarded(path, open));
    }

    private static <T> T guarded(Path path, Supplier<T> work) {
        try {
            return work.get();
        } catch (DataFormatException sentence) {
            throw sentence;
        } catch (OutOfMemoryError full) {
            throw new DataFormatException(
                    path,
                    path.getFileName() + " (" + size(path) + ") needs more memory than the "
                            + Sentences.bytes(Runtime.getRuntime().maxMemory())
                            + " that Java may use. Save fewer rows, or give Java more memory"
                            + " (JDK_JAVA_OPTIONS=-Xmx8g).",
                    full);
        } catch (RuntimeException | StackOverflowError unexpected) {
            throw new DataFormatException(
                    path,
                    path.getFileName() + " cannot be read; it is probably damaged. Copy or save it again.",
                    unexpected);
        }
    }

    private static String size(Path path) {
        return Sentences.bytes(path.toFile().length());
    }

    @Override
    public float[] floats(String name) {
        return guarded(path(), () -> file.floats(name));
    }

    @Override
    public double[] doubles(String name) {
        return guarded(path(), () -> file.doubles(name));
    }

    @Override
    public String[] texts(String name) {
        return guarded(path(), () -> file.texts(name));
    }

    @Override
    public String[][] cells(List<String> names) {
        return guarded(path(), () -> file.cells(names));
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public String format() {
        return file.format();
    }

    @Override
    public List<ArrayInfo> arrays() {
        return file.arrays();
    }

    @Override
    public Optional<ArrayInfo> find(String name) {
        return file.find(name);
    }

    @Override
    public List<String> columnNames(String name) {
        return file.columnNames(name);
    }

    @Override
    public boolean namesColumns() {
        return file.namesColumns();
    }

    @Override
    public List<String> notes() {
        return file.notes();
    }

    @Override
    public List<String> oddCells() {
        return file.oddCells();
    }

    @Override
    public void close() {
        file.close();
    }
}
