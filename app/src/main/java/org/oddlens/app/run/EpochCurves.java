package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.oddlens.app.chart.Curve;
import org.oddlens.app.chart.EpochMark;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.run.RunEvent;

/** The curves of a run: every loss term, the validation loss, the AUROC of the tracked rows. */
record EpochCurves(RunViewModel run, DetectorDescriptor detector) {

    List<Curve> curves() {
        List<Curve> all = new ArrayList<>();
        double[] axis = run.epochs().stream()
                .filter(epoch -> epoch.epoch() > 0)
                .mapToDouble(RunEvent.Epoch::epoch)
                .toArray();
        for (Map.Entry<String, double[]> term : terms().entrySet()) {
            all.add(new Curve(label(term.getKey()), Curve.Kind.LOSS, false, axis, term.getValue()));
        }
        curve(all, "Validation loss", Curve.Kind.VALIDATION, false, RunEvent.Epoch::validation);
        curve(all, "AUROC", Curve.Kind.METRIC, true, RunEvent.Epoch::auroc);
        return all;
    }

    /** Values of each loss term by name, from epoch 1, in the order of the terms. */
    private Map<String, double[]> terms() {
        Map<String, double[]> terms = new LinkedHashMap<>();
        List<RunEvent.Epoch> trained =
                run.epochs().stream().filter(done -> done.epoch() > 0).toList();
        if (!trained.isEmpty()) {
            // A term may come and go with its weight.
            Set<String> names = new LinkedHashSet<>();
            trained.forEach(done -> names.addAll(done.terms().keySet()));
            for (String name : names) {
                terms.put(
                        name,
                        trained.stream()
                                .mapToDouble(done -> done.terms().getOrDefault(name, Double.NaN))
                                .toArray());
            }
        }
        return terms;
    }

    /** Changes of live hyperparameters and the places where the run was resumed. */
    List<EpochMark> marks() {
        Map<Integer, String> texts = new TreeMap<>();
        run.changes()
                .made()
                .forEach(change -> texts.merge(
                        change.epoch(), change.key() + " " + value(change), (first, second) -> first + ", " + second));
        run.seams().forEach(epoch -> texts.merge(epoch, "resumed", (first, second) -> first + ", " + second));
        List<EpochMark> marks = new ArrayList<>();
        texts.forEach((epoch, text) -> marks.add(new EpochMark(epoch, text)));
        return marks;
    }

    private String value(RunEvent.Change change) {
        String text = String.valueOf(change.to());
        return detector.hyperparameter(change.key())
                .map(declared -> LiveChanges.normal(declared, text))
                .orElse(text);
    }

    private String label(String term) {
        return detector.lossTerms().stream()
                .filter(declared -> declared.id().equals(term))
                .map(DetectorDescriptor.LossTerm::label)
                .findFirst()
                .orElse(term);
    }

    private void curve(
            List<Curve> all, String name, Curve.Kind kind, boolean usesLabels, Function<RunEvent.Epoch, Double> value) {
        List<RunEvent.Epoch> known = run.epochs().stream()
                .filter(epoch -> value.apply(epoch) != null)
                .toList();
        if (!known.isEmpty()) {
            all.add(new Curve(
                    name,
                    kind,
                    usesLabels,
                    known.stream().mapToDouble(RunEvent.Epoch::epoch).toArray(),
                    known.stream().mapToDouble(value::apply).toArray()));
        }
    }
}
