package org.oddlens.engine.detector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

/** A training of a detector on given rows, and the warnings it gave. */
public final class TrainingOn implements AutoCloseable {

    private final List<String> warnings = new ArrayList<>();
    private final Training training;
    private int epoch;

    /**
     * @param rows     {@code [rows, features]} row-major, taken as they are
     * @param settings {@code key=value} with blanks between
     */
    public TrainingOn(DetectorProvider detector, float[] rows, int features, String settings) {
        this.training = detector.begin(
                values(detector, settings),
                new TrainingData(
                        new DataShape(new int[] {features}, "none", rows.length / features), rows, new float[0]),
                new TrainingContext(
                        new RandomStreams(1),
                        new RunControl(),
                        "compiled",
                        (code, text) -> warnings.add(code + ": " + text)));
    }

    /** The values of some settings. */
    public static Values values(DetectorProvider detector, String settings) {
        return Values.parse(detector.descriptor().hyperparameters(), texts(settings));
    }

    /** What the detector would lay out, for rows with another scaler. */
    public static NetworkShape shape(DetectorProvider detector, int features, String scaler, String settings) {
        return detector.shape(values(detector, settings), new DataShape(new int[] {features}, scaler, 100));
    }

    private static Map<String, String> texts(String settings) {
        return settings.isBlank()
                ? Map.of()
                : Preset.of("test", "", null, settings.split(" ")).values();
    }

    /** Trains so many further epochs; gives the terms of the last one. */
    public Map<String, Double> epochs(int count) {
        Map<String, Double> terms = Map.of();
        for (int i = 0; i < count; i++) {
            terms = training.epoch(++epoch).terms();
        }
        return terms;
    }

    /** Trains to the end. */
    public TrainingOn toTheEnd() {
        epochs(training.epochs() - epoch);
        return this;
    }

    public Training training() {
        return training;
    }

    public double[] score(float[] rows) {
        return training.detector().score(rows);
    }

    /** An array of the model, settled. */
    public float[] array(String name) {
        return training.detector().weights().get(name).values();
    }

    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        training.close();
    }
}
