package org.oddlens.engine.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A MATLAB 7.3 file, or another HDF5 file with arrays at its top level. */
final class Hdf5File implements DataFile {

    private interface Work<T> {
        T run() throws Hdf5Variable.Unusable;
    }

    private final Path file;
    private final boolean matlab;
    private final HdfFile hdf;
    private final Map<String, Hdf5Variable> variables = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();

    Hdf5File(Path file, ReadBudget budget, boolean matlab) {
        this.file = file;
        this.matlab = matlab;
        hdf = guarded(() -> new HdfFile(file));
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
        for (Map.Entry<String, Node> child : hdf.getChildren().entrySet()) {
            if (!child.getKey().startsWith("#")) {
                variables.put(child.getKey(), new Hdf5Variable(child.getValue(), budget));
            }
        }
        if (variables.size() > budget.maxArrays()) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " holds " + Sentences.count(variables.size()) + " variables, more than the "
                            + Sentences.count(budget.maxArrays()) + " allowed.");
        }
        if (variables.isEmpty()) {
            throw new DataFormatException(
                    file, file.getFileName() + " is an HDF5 file without arrays at its top level.");
        }
        for (Map.Entry<String, Hdf5Variable> entry : variables.entrySet()) {
            arrays.add(info(entry.getKey(), entry.getValue()));
        }
    }

    private static ArrayInfo info(String name, Hdf5Variable variable) {
        List<Integer> shape = variable.shapeList();
        try {
            if (variable.isText()) {
                if (shape.size() != 2 || shape.get(0) == 1) {
                    throw new Hdf5Variable.Unusable("holds text; only text with one line per row can be used.");
                }
                return TextScan.info(name, List.of(shape.get(0)), lines(variable));
            }
            ValueScan scan = ValueScan.of(shape);
            for (double value : variable.doubles()) {
                scan.add(value);
            }
            return scan.info(name, shape, variable.type());
        } catch (Hdf5Variable.Unusable why) {
            return ArrayInfo.unusable(name, shape, variable.type(), "The array '" + name + "' " + why.getMessage());
        }
    }

    private static String[] lines(Hdf5Variable variable) throws Hdf5Variable.Unusable {
        int[] shape = variable.shape();
        double[] codes = variable.doubles();
        String[] lines = new String[shape[0]];
        for (int i = 0; i < lines.length; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < shape[1]; j++) {
                line.append((char) codes[i * shape[1] + j]);
            }
            lines[i] = line.toString().replace("\0", "").strip();
        }
        return lines;
    }

    /** Turns whatever the library throws on damaged files into a sentence; sizes were checked before. */
    private <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (DataFormatException sentence) {
            throw sentence;
        } catch (Hdf5Variable.Unusable why) {
            throw new DataFormatException(file, "An array of " + file.getFileName() + " " + why.getMessage(), why);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damage) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " is " + (matlab ? "a MATLAB 7.3 (HDF5) file" : "an HDF5 file")
                            + " that cannot be read; it is damaged or was cut off (" + reason(damage)
                            + "). Copy it again, or in MATLAB save it again with -v7.",
                    damage);
        }
    }

    private static String reason(Throwable damage) {
        String message = damage.getMessage();
        return message == null || message.isBlank() ? damage.getClass().getSimpleName() : message;
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
                ? lines(variable(name))
                : LabelText.of(variable(name).doubles()));
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
