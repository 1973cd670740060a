package org.oddlens.engine.detector.mixture;

import java.util.Map;
import java.util.TreeMap;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.param.Values;

/** Training of SOM-DAGMM: the maps come first, on training rows only, and stay; then DAGMM's rule. */
final class MapRule extends MixtureRule {

    private final int maps;
    private final int side;
    private final SelfOrganisingMap.Schedule schedule;

    MapRule(Values values, int maps, int side, SelfOrganisingMap.Schedule schedule) {
        super(values);
        this.maps = maps;
        this.side = side;
        this.schedule = schedule;
    }

    @Override
    public void begin(LiveNetwork net) {
        for (int map = 1; map <= maps; map++) {
            String name = SomDagmm.units(map);
            SelfOrganisingMap trained = SelfOrganisingMap.start(side, net.features(), net.streams().stream(name));
            trained.train(net.rows(), schedule, net.streams().stream(name + "/order"), net::mayContinue);
            warnOfOneUnit(net, map, trained);
            double[] units = trained.units();
            float[] single = new float[units.length];
            for (int i = 0; i < units.length; i++) {
                single[i] = (float) units[i];
            }
            net.set(name, single);
        }
    }

    private void warnOfOneUnit(LiveNetwork net, int number, SelfOrganisingMap map) {
        Map<Integer, Integer> hits = new TreeMap<>();
        double[] row = new double[net.features()];
        int rows = net.rows().length / row.length;
        for (int i = 0; i < rows && hits.size() < 2; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = net.rows()[i * row.length + j];
            }
            hits.merge(map.winner(row), 1, Integer::sum);
        }
        if (hits.size() == 1) {
            net.warn(
                    "one-map-unit",
                    "All " + rows + " training rows lie on one of the " + side * side + " units of map " + number
                            + ", so its coordinates say nothing. Scale the features alike, or raise the map's radius or"
                            + " steps.");
        }
    }
}
