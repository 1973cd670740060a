package org.oddlens.engine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.study.DataInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code oddlens inspect}: what a file holds and what would be made of it. */
@Command(name = "inspect", description = "Shows what a data file holds and how it would be read.")
final class InspectCommand implements Callable<Integer> {

    private static final int MAX_SHOWN = 60;

    private final Console console;

    @Mixin
    private Output output;

    @Mixin
    private RoleFlags roles;

    @Parameters(paramLabel = "FILE", description = "A .mat, .npz, .npy, .csv or .tsv file.")
    private Path file;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        InputFiles.require("FILE", file);
        DataInspection inspection = DataInspection.of(roles.roles().of(DataSpec.of(file.toString())));
        if (output.json) {
            console.json(inspection);
        } else {
            print(inspection);
        }
        return inspection.data() == null ? 1 : 0;
    }

    private void print(DataInspection inspection) {
        console.out().println(file.getFileName() + ": " + inspection.format());
        List<DataInspection.Array> shown = inspection
                .arrays()
                .subList(0, Math.min(MAX_SHOWN, inspection.arrays().size()));
        for (DataInspection.Array array : shown) {
            String shape = array.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
            String range =
                    array.min() == null ? "" : String.format(Locale.ROOT, "%.4g … %.4g", array.min(), array.max());
            String missing = array.missing() == 0 ? "" : array.missing() + " missing";
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %-16s %-18s %-10s %-24s %s %s%n",
                            array.name(),
                            shape,
                            array.type(),
                            range,
                            missing,
                            array.reason() == null || array.reason().isEmpty() ? "" : "not usable: " + array.reason());
        }
        if (shown.size() < inspection.arrays().size()) {
            console.out()
                    .println("  … and " + (inspection.arrays().size() - shown.size())
                            + " more (all of them with --json)");
        }
        inspection.roles().stream()
                .filter(sentence -> inspection.arrays().stream().noneMatch(array -> sentence.equals(array.reason())))
                .forEach(sentence -> console.out().println(sentence));
        if (inspection.data() != null) {
            console.out()
                    .println("Rows: " + inspection.rows() + ", features: " + inspection.features()
                            + (inspection.anomalies() == null ? "" : ", anomalies: " + inspection.anomalies())
                            + ". Default protocol: " + inspection.protocol() + "."
                            + (inspection.data().roles().label() == null
                                    ? ""
                                    : " Label: " + inspection.data().roles().label() + "."));
        }
        if (!output.quiet) {
            inspection.notes().forEach(note -> console.out().println("Note: " + note));
        }
        if (inspection.problem() != null) {
            console.err().println("Before a run: " + inspection.problem());
        }
    }
}
