package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.oddlens.app.chart.AnatomyLayer;
import org.oddlens.app.chart.RocPrCurves;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.chart.ScatterSpace;
import org.oddlens.app.chart.ScoreDistribution;
import org.oddlens.app.chart.UnitGrid;
import org.oddlens.engine.study.RunSnapshot;
import org.oddlens.engine.study.UnitMap;

/**
 * A snapshot made ready to be drawn, away from the UI thread: sorting and counting are done.
 *
 * @param epoch        epoch, 0 for the untrained network
 * @param spaces       rows in each latent space; empty if there is none
 * @param maps         maps of units with the scores of their rows; empty if there is none
 * @param distribution scores counted per label
 * @param curves       ROC and PR; null unless both classes are present
 * @param ranked       rows, highest score first
 * @param labelled     whether the rows have labels
 * @param threshold    where the run's method puts the line by these rows; NaN where they do not tell
 */
public record SnapshotPicture(
        int epoch,
        List<ScatterSpace> spaces,
        List<UnitGrid> maps,
        ScoreDistribution distribution,
        RocPrCurves curves,
        List<RowItem> ranked,
        boolean labelled,
        double threshold) {

    private static final int BINS = 60;

    /**
     * Sorts, counts and frames.
     *
     * @param totalRows      evaluated rows, of which the snapshot may be a sample
     * @param totalAnomalies labelled anomalies among them
     * @param threshold      where the run's method puts the line by these rows; NaN where they do not tell
     */
    public static SnapshotPicture of(RunSnapshot snapshot, long totalRows, long totalAnomalies, double threshold) {
        List<ScatterSpace> spaces = new ArrayList<>();
        for (RunSnapshot.Space space : snapshot.spaces()) {
            spaces.add(new ScatterSpace(
                    space.label(),
                    frame(snapshot, space).named(snapshot.ids()).sampledFrom(totalRows, totalAnomalies)));
        }
        boolean labelled = snapshot.labels().length > 0 && snapshot.labels()[0] >= 0;
        return new SnapshotPicture(
                snapshot.epoch(),
                spaces,
                snapshot.maps().stream().map(SnapshotPicture::map).toList(),
                ScoreDistribution.of(snapshot.scores(), snapshot.labels(), BINS),
                snapshot.ranking() == null ? null : curves(snapshot.ranking()),
                ranked(snapshot),
                labelled,
                threshold);
    }

    /** Numbers of the rows that have a place in the picture; none if the detector has no space. */
    RowSelection trackedRows() {
        return spaces.isEmpty()
                ? RowSelection.none()
                : RowSelection.of(spaces.get(0).frame().rowIds());
    }

    private static ScatterFrame frame(RunSnapshot snapshot, RunSnapshot.Space space) {
        if (space.width() == 1) {
            return ScatterFrame.strip(space.x(), space.y(), snapshot.labels(), snapshot.scores(), snapshot.rows());
        }
        ScatterFrame frame = ScatterFrame.of(
                        space.x(), space.y(), snapshot.labels(), snapshot.scores(), snapshot.rows())
                .withTitles(space.xTitle(), space.yTitle());
        return frame.withAnatomy(
                space.layers().stream().map(SnapshotPicture::layer).toList());
    }

    private static AnatomyLayer layer(RunSnapshot.Layer layer) {
        AnatomyLayer.Mark mark =
                switch (layer.kind()) {
                    case ITEMS -> AnatomyLayer.Mark.DIAMOND;
                    case GRID -> AnatomyLayer.Mark.SQUARE;
                    case SPHERE, ELLIPSES -> AnatomyLayer.Mark.PLUS;
                    case POINTS, LINKS -> AnatomyLayer.Mark.RING;
                };
        return new AnatomyLayer(layer.label(), mark, layer.x(), layer.y(), layer.use(), layer.lines());
    }

    private static UnitGrid map(UnitMap map) {
        return new UnitGrid(map.label(), map.rows(), map.columns(), map.scores(), map.hits(), map.low(), map.high());
    }

    private static RocPrCurves curves(RunSnapshot.Ranking ranking) {
        return new RocPrCurves(
                ranking.falsePositiveRates(),
                ranking.truePositiveRates(),
                ranking.rocThresholds(),
                ranking.recalls(),
                ranking.precisions(),
                ranking.prThresholds(),
                ranking.auroc(),
                ranking.auprc(),
                ranking.anomalyShare());
    }

    private static List<RowItem> ranked(RunSnapshot snapshot) {
        double[] scores = snapshot.scores();
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<RowItem> items = new ArrayList<>(order.length);
        for (int rank = 0; rank < order.length; rank++) {
            int i = order[rank];
            items.add(new RowItem(rank + 1, snapshot.rows()[i], snapshot.ids()[i], scores[i], snapshot.labels()[i]));
        }
        return items;
    }
}
