package org.oddlens.engine.data;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A MATLAB 7.3 file, or another HDF5 file with arrays at its top level. */
final class Hdf5File implements DataFile {

    /**
     * Files up to this size are held in memory. The library allocates what a file announces before it reads from the disk,
     * but only cuts pieces out of what is in memory already.
     */
    private static final long HELD = 256L << 20;

    private interface Work<T> {
        T run() throws Hdf5Variable.Unusable, IOException;
    }

    private final Path file;
    private final boolean matlab;
    private final HdfFile hdf;
    private final Map<String, Hdf5Variable> variables = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();

    Hdf5File(Path file, ReadBudget budget, boolean matlab) {
        this.file = file;
        this.matlab = matlab;
        guarded(() -> {
            Hdf5Superblock.requireWhole(file);
            return null;
        });
        hdf = guarded(() -> Files.size(file) <= Math.min(HELD, budget.maxBytes())
                ? HdfFile.fromBytes(Files.readAllBytes(file))
                : new HdfFile(file));
        try {
            guarded(() -> {
                list(budget);
                return null;
            });
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void list(ReadBudget budget) {
        variables.putAll(Hdf5Tree.variables(hdf, budget));
        if (variables.size() > budget.maxArrays()) {
            throw new DataFormatException(
                    file, file.getFileName() + " holds more than " + Sentences.count(budget.maxArrays()) + " arrays.");
        }
        if (variables.isEmpty()) {
            throw new DataFormatException(file, file.getFileName() + " is an HDF5 file without arrays.");
        }
        variables.forEach((name, variable) -> arrays.add(info(name, variable)));
    }

    private static ArrayInfo info(String name, Hdf5Variable variable) {
        String problem;
        try {
            if (variable.isText()) {
                return TextScan.info(name, variable.textShape(), variable.texts());
            }
            double[] values = variable.doubles();
            ValueScan scan = ValueScan.of(variable.shapeList());
            for (double value : values) {
                scan.add(value);
            }
            return scan.info(name, variable.shapeList(), variable.type());
        } catch (Hdf5Variable.Unusable why) {
            problem = why.getMessage();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError odd) {
            problem = Hdf5Tree.cause(odd);
        }
        return ArrayInfo.unusable(name, variable.shapeList(), variable.type(), "The array '" + name + "' " + problem);
    }

    /** Turns whatever the library throws on damaged files into a sentence. */
    private <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (DataFormatException sentence) {
            throw sentence;
        } catch (Hdf5Variable.Unusable why) {
            throw new DataFormatException(file, "An array of " + file.getFileName() + " " + why.getMessage(), why);
        } catch (RuntimeException | IOException | StackOverflowError damage) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " is " + (matlab ? "a MATLAB 7.3 (HDF5) file" : "an HDF5 file")
                            + " that cannot be read; it is damaged or was cut off. Copy it again"
                            + (matlab ? ", or in MATLAB save it again with -v7." : ", or save it again."),
                    damage);
        }
    }

    private Hdf5Variable variable(String name) {
        Hdf5Variable variable = variables.get(name);
        if (variable == null) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " has no array '" + name + "'. It has "
                            + Sentences.list(List.copyOf(variables.keySet()), 20) + ".");
        }
        return variable;
    }

    @Override
    public double[] doubles(String name) {
        return guarded(() -> variable(name).doubles());
    }

    @Override
    public String[] texts(String name) {
        return guarded(() -> variable(name).isText()
                ? variable(name).texts()
                : LabelText.of(variable(name).doubles()));
    }

    @Override
    public List<String> notes() {
        return variables.entrySet().stream()
                .filter(entry -> entry.getValue().isIncomplete())
                .map(entry -> "Parts of '" + entry.getKey() + "' were never written; they read as its fill value.")
                .toList();
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public String format() {
        return matlab ? "MATLAB 7.3 (HDF5, .mat)" : "HDF5";
    }

    @Override
    public List<ArrayInfo> arrays() {
        return List.copyOf(arrays);
    }

    @Override
    public void close() {
        hdf.close();
    }
}
