package org.oddlens.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/**
 * What a run tells the world: plain immutable numbers and words. The JSON form of these records is the line format of
 * {@code events.jsonl} (docs/formats/events.md) and the payload of the engine protocol.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.Phase.class, name = "phase"),
    @JsonSubTypes.Type(value = RunEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = RunEvent.Epoch.class, name = "epoch"),
    @JsonSubTypes.Type(value = RunEvent.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = RunEvent.Warning.class, name = "warning"),
    @JsonSubTypes.Type(value = RunEvent.Change.class, name = "change"),
    @JsonSubTypes.Type(value = RunEvent.Checkpoint.class, name = "checkpoint"),
    @JsonSubTypes.Type(value = RunEvent.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = RunEvent.Ended.class, name = "ended"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface RunEvent {

    /** Moment of the event, ISO-8601 in UTC. */
    String time();

    /** The run entered {@code loading}, {@code training} or {@code scoring}. */
    record Phase(String time, String phase) implements RunEvent {}

    /**
     * Training begins; data, roles and network are known.
     *
     * @param rows        rows by role: train, validation, test, anomalies (among the evaluated rows)
     * @param shape       widths from input to output, such as {@code 12 → 10 → 8 → 4 → 2 → 4 → 8 → 10 → 12}
     * @param parameters  trainable numbers, 0 if the detector has none
     * @param epochs      epochs planned
     * @param trackedRows rows whose codes and scores are recorded as training goes
     * @param terms       loss terms in the order of the {@code epoch} events
     */
    record Started(
            String time,
            Map<String, Integer> rows,
            int features,
            String shape,
            long parameters,
            int epochs,
            int trackedRows,
            List<String> terms)
            implements RunEvent {}

    /**
     * An epoch is done. Epoch 0 is the untrained network.
     *
     * @param terms        each loss term, mean per training row over the epoch; empty in epoch 0
     * @param validation   loss on the validation rows, null without any
     * @param learningRate learning rate used in the epoch, null in epoch 0
     * @param seconds      training time of the epoch, without telemetry
     * @param auroc        AUROC of the tracked rows (uses labels), null without labels of both kinds
     * @param snapshot     whether codes and scores of this epoch lie in the run folder
     * @param threshold    where the run's threshold method puts the line by the training rows' scores after this epoch; null
     *                     where it was not computed, and in records of earlier versions
     */
    record Epoch(
            String time,
            int epoch,
            long steps,
            Map<String, Double> terms,
            Double validation,
            Double learningRate,
            double seconds,
            Double auroc,
            boolean snapshot,
            Double threshold)
            implements RunEvent {

        /** An epoch whose threshold was not computed. */
        public Epoch(
                String time,
                int epoch,
                long steps,
                Map<String, Double> terms,
                Double validation,
                Double learningRate,
                double seconds,
                Double auroc,
                boolean snapshot) {
            this(time, epoch, steps, terms, validation, learningRate, seconds, auroc, snapshot, null);
        }
    }

    /** Training holds between two batches, or goes on. Live only, never recorded. */
    record Paused(String time, boolean paused) implements RunEvent {}

    /** Something the user should know; the run goes on. {@code code} is stable, {@code text} is the sentence. */
    record Warning(String time, int epoch, String code, String text) implements RunEvent {}

    /**
     * A live hyperparameter has another value from now on.
     *
     * @param epoch first epoch trained with it
     * @param step  steps of the run done before
     * @param from  value until now, as in {@code run.json}
     * @param to    value from now on
     */
    record Change(String time, int epoch, long step, String key, Object from, Object to) implements RunEvent {}

    /**
     * The state of the training lies in the run folder.
     *
     * @param epoch epochs done
     * @param step  steps done of the next epoch
     * @param file  name of the file
     */
    record Checkpoint(String time, int epoch, int step, String file) implements RunEvent {}

    /**
     * A new segment: training goes on in {@code fromEpoch} after {@code fromStep} of its steps. Epochs recorded at or after
     * that point, and any end before, no longer count. Epoch 0: from the very start.
     */
    record Resumed(String time, int fromEpoch, int fromStep) implements RunEvent {}

    /** The one end of a run (of a segment, for a resumed run). */
    record Ended(String time, RunEnd end, int epoch, String message, Map<String, Double> seconds) implements RunEvent {}
}
