package org.oddlens.app.run;

import java.util.ArrayList;
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

/**
 * The curves of a run: every loss term, the validation loss, the AUROC of the tracked rows, each where it was measured.
 */
record EpochCurves(RunViewModel run, DetectorDescriptor detector) {

    List<Curve> curves() {
        List<Curve> all = new ArrayList<>();
        Set<String> terms =
                new LinkedHashSet<>(); // a term may come and go, with its weight or with the phase of a training
        run.epochs().forEach(done -> terms.addAll(done.terms().keySet()));
        for (String term : terms) {
            curve(all, label(term), Curve.Kind.LOSS, false, done -> done.terms().get(term));
        }
        curve(all, "Validation loss", Curve.Kind.VALIDATION, false, RunEvent.Epoch::validation);
        curve(all, "AUROC", Curve.Kind.METRIC, true, RunEvent.Epoch::auroc);
        return all;
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
