package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.oddlens.engine.run.HyperparameterChange;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;

/** Repeats a run from its record and compares the final scores bit by bit. */
public final class Rerun {

    /**
     * How the repeat compares.
     *
     * @param identical         whether all final scores have the same bits
     * @param sameMachine       whether the machine is of the same kind, so that identical bits are due
     * @param rows              scores compared
     * @param differing         scores that differ
     * @param largestDifference largest absolute difference of two scores
     * @param folder            the repeat's run folder
     */
    public record Result(
            boolean identical,
            boolean sameMachine,
            int rows,
            int differing,
            double largestDifference,
            String end,
            Path folder) {

        /** Whether this is as promised: identical, or made on another kind of machine. */
        public boolean asPromised() {
            return identical || !sameMachine;
        }
    }

    private final RunExecution execution;

    public Rerun(RunExecution execution) {
        this.execution = execution;
    }

    /**
     * Repeats a run.
     *
     * @param run    a run that left final scores
     * @param folder folder of the repeat, absent or empty
     */
    public Result repeat(RunFolder run, Path folder, RunControl control, Consumer<RunEvent> listener)
            throws IOException {
        return repeat(run, run.readRecord().spec(), folder, control, listener);
    }

    /**
     * Likewise.
     *
     * @param spec specification of the run, perhaps with its data at another place
     */
    public Result repeat(RunFolder run, RunSpec spec, Path folder, RunControl control, Consumer<RunEvent> listener)
            throws IOException {
        RunRecord before = run.readRecord();
        if (run.readEnd().isEmpty()) {
            throw new RunFolderException(
                    "Run " + run.id() + " has not ended, so a repeat has nothing to compare with.");
        }
        if (!Files.exists(run.file(RunFolder.FINAL_SCORES))) {
            throw new FinalFiles(run).absent(RunFolder.FINAL_SCORES, "it kept nothing to compare a repeat with");
        }
        new FinalFiles(run).check(RunFolder.FINAL_SCORES);
        double[] expected = run.readFinalScores();
        stopWhereItWasStopped(run, control);
        RunEvent.Ended ended = execution.execute(withEveryChange(run, spec), folder, control, listener);
        RunFolder repeat = new RunFolder(folder);
        if (!ended.end().keepsModel()) {
            repeat.removeUnlessBegun();
            throw new RunFolderException(
                    ended.end() == RunEnd.FAILED
                            ? ended.message()
                            : "The repeat of " + run.id() + " ended as "
                                    + ended.end().id() + ". " + ended.message());
        }
        double[] actual = repeat.readFinalScores();
        int differing = Math.abs(expected.length - actual.length);
        double largest = 0;
        for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
                differing++;
                largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
            }
        }
        boolean sameMachine = repeat.readRecord().machine().repeatsBitsOf(before.machine());
        return new Result(
                differing == 0,
                sameMachine,
                expected.length,
                differing,
                largest,
                ended.end().id(),
                folder);
    }

    /** A run that was stopped is repeated up to the batch before which it was: that of the checkpoint written then. */
    private static void stopWhereItWasStopped(RunFolder run, RunControl control) throws IOException {
        if (run.readEnd().filter(end -> end.end() == RunEnd.STOPPED).isEmpty()) {
            return;
        }
        long steps = 0;
        RunEvent.Checkpoint last = null;
        for (RunEvent event : run.readEvents()) {
            if (event instanceof RunEvent.Epoch epoch) {
                steps += epoch.steps();
            } else if (event instanceof RunEvent.Checkpoint checkpoint) {
                last = checkpoint;
            }
        }
        control.stopAfter(steps + (last == null ? 0 : last.step()));
    }

    /** The specification with the changes that were made while the run trained. */
    private static RunSpec withEveryChange(RunFolder run, RunSpec spec) throws IOException {
        List<HyperparameterChange> changes = new ArrayList<>();
        run.readChanges(spec.changes())
                .forEach((epoch, values) ->
                        values.forEach((key, value) -> changes.add(new HyperparameterChange(epoch, key, value))));
        return spec.withChanges(changes);
    }
}
