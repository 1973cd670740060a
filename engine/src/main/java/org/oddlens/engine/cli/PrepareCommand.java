package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.prepare.PreparedTable;
import org.oddlens.engine.prepare.Recipe;
import org.oddlens.engine.run.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code oddlens prepare}: a raw public file becomes one that can be loaded. */
@Command(
        name = "prepare",
        sortOptions = false,
        description = {
            "Turns raw files of public data sets into one .npz: features in a documented order, the label last.",
            "  oddlens prepare kdd10 kddcup.data_10_percent.gz kdd10.npz",
            "  oddlens prepare nsl-kdd KDDTrain+.txt KDDTest+.txt nsl-kdd.npz",
            "  oddlens prepare ids2018 DAY.csv … ids2018.npz",
            "  oddlens prepare usb-ids FILE.csv.gz … usb-ids.npz",
            "  oddlens prepare arrhythmia arrhythmia.data arrhythmia.npz",
            "  oddlens prepare thyroid ann-train.data thyroid.npz"
        })
final class PrepareCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Output output;

    @Mixin
    private OverwriteFlag overwrite;

    @Parameters(
            index = "0",
            paramLabel = "RECIPE",
            description = "kdd10, nsl-kdd, ids2018, usb-ids, arrhythmia, thyroid.")
    private String recipe;

    @Parameters(index = "1..*", arity = "2..*", paramLabel = "FILE", description = "Raw files, then the file to write.")
    private List<Path> files;

    @Option(
            names = "--raw",
            description = "Leaves numbers as they are; default: each column is shrunk to [0, 1] over all rows, as the"
                    + " programs do. A run scales by its training rows in either case.")
    private boolean raw;

    @Option(
            names = "--keep",
            paramLabel = "SHARE",
            description = "Share of the rows to keep; the same rows every time.")
    private double keep = 1;

    PrepareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Recipe chosen;
        try {
            chosen = Recipe.of(recipe);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        if (!(keep > 0 && keep <= 1)) {
            throw new UsageException("--keep must be in (0, 1], not " + keep + ".");
        }
        Path out = files.get(files.size() - 1);
        List<Path> in = files.subList(0, files.size() - 1);
        in.forEach(file -> InputFiles.require("FILE", file));
        if (!out.toString().endsWith(".npz")) {
            throw new UsageException("FILE: the last one is written and ends with .npz, not " + out + ".");
        }
        OutputFile file = output(overwrite.file(out), in);
        OutputFile names = output(overwrite.file(PreparedTable.names(out)), in);
        PreparedTable table = chosen.read(in, keep);
        if (table.labels().length == 0) {
            throw new IllegalStateException("No row is left of " + in + ".");
        }
        if (table.columns().isEmpty()) {
            throw new IllegalStateException("No feature is left of " + in + ": every column has a single value in all "
                    + table.labels().length + " rows. Prepare more rows.");
        }
        (raw ? table : table.scaled()).write(file, names);
        tell(table, out);
        return 0;
    }

    private static OutputFile output(OutputFile file, List<Path> in) throws IOException {
        for (Path raw : in) {
            file.not("the raw data", raw);
        }
        return OverwriteFlag.require("FILE", file);
    }

    private void tell(PreparedTable table, Path out) {
        if (output.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("format", "oddlens.prepare/1");
            document.put("rows", table.labels().length);
            document.put("features", table.columns().size());
            document.put("anomalies", table.anomalies());
            document.put("notes", table.notes());
            document.put("out", out.toAbsolutePath().normalize().toString());
            console.json(document);
            return;
        }
        if (!output.quiet) {
            table.notes().forEach(note -> console.err().println("Note: " + note));
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "%,d rows, %d features, %,d anomalies. Written: %s; the columns are named in %s.columns.txt%n",
                        table.labels().length,
                        table.columns().size(),
                        table.anomalies(),
                        out,
                        out.getFileName());
    }
}
