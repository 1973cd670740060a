package org.oddlens.sample;

import java.util.List;

/**
 * 3,000 minutes of a pump test rig, 16 named columns, with 155 anomalous minutes of three kinds.
 *
 * <p>The load L follows a slow and a fast sine and an AR(1) wander; every other column follows L and the ambient
 * temperature by the formulas in {@link #measure}, temperatures with a first-order lag. Kinds: 1 bearing wear (front
 * bearing temperature and vibration climb), 2 leak (flow and outlet pressure fall short of the load), 3 stuck sensor (a
 * column repeats one plausible value while the load moves on; visible only against the other columns). Rows stay in
 * time order. Label: 0 normal, 1 anomaly; {@code kind} holds 0 … 3.
 */
final class Sensors {
    static final int ROWS = 3000;
    static final int FEATURES = 16;
    static final int ANOMALIES = 155;
    private static final long SEED = 20260103;
    private static final String[] COLUMNS = {
        "load_percent",
        "speed_rpm",
        "flow_l_per_min",
        "pressure_in_bar",
        "pressure_out_bar",
        "motor_current_a",
        "motor_voltage_v",
        "motor_power_kw",
        "bearing_front_c",
        "bearing_rear_c",
        "oil_temperature_c",
        "oil_pressure_bar",
        "vibration_x_mm_s",
        "vibration_y_mm_s",
        "ambient_c",
        "humidity_percent"
    };
    private static final int FLOW = 2;
    private static final int PRESSURE_OUT = 4;
    private static final int CURRENT = 5;
    private static final int BEARING_FRONT = 8;
    private static final int OIL_PRESSURE = 11;
    private static final int VIBRATION_X = 12;
    private static final int VIBRATION_Y = 13;

    private final SampleRandom random = new SampleRandom(SEED);
    private final double[][] rows = new double[ROWS][];
    private final long[] kinds = new long[ROWS];

    private double loadWander;
    private double ambientWander;
    private double bearingFront = 48;
    private double bearingRear = 44;
    private double oil = 50;

    private Sensors() {}

    static byte[] npz() {
        Sensors sensors = new Sensors();
        for (int t = 0; t < ROWS; t++) {
            sensors.rows[t] = sensors.measure(t);
        }
        for (int start : new int[] {410, 1375, 2320}) {
            sensors.wearBearing(start, 20);
        }
        for (int start : new int[] {760, 1690, 2705}) {
            sensors.leak(start, 15);
        }
        sensors.stick(CURRENT, 1060, 25);
        sensors.stick(PRESSURE_OUT, 2050, 25);
        return sensors.toNpz();
    }

    private double[] measure(int t) {
        loadWander = 0.98 * loadWander + 0.008 * random.gaussian();
        ambientWander = 0.995 * ambientWander + 0.04 * random.gaussian();
        double load = 0.62 + 0.22 * wave(t, 720) + 0.06 * wave(t, 97) + loadWander;
        load = StrictMath.max(0.2, StrictMath.min(1, load));
        double ambient = 18 + 6 * wave(t - 180, 1440) + ambientWander;
        bearingFront += (ambient + 14 + 26 * load - bearingFront) / 25;
        bearingRear += (ambient + 12 + 22 * load - bearingRear) / 25;
        oil += (ambient + 18 + 22 * load - oil) / 40;
        double speed = 900 + 600 * load;
        double pressureIn = 2.4 - 0.3 * load;
        double current = 8 + 26 * load;
        double voltage = 398 - 3 * load;
        return new double[] {
            noisy(100 * load, 0.3),
            noisy(speed, 3),
            noisy(40 + 110 * load, 0.8),
            noisy(pressureIn, 0.015),
            noisy(pressureIn + 3 + 4.2 * load * load, 0.04),
            noisy(current, 0.25),
            noisy(voltage, 0.8),
            noisy(StrictMath.sqrt(3) * voltage * current * (0.78 + 0.1 * load) / 1000, 0.08),
            noisy(bearingFront, 0.25),
            noisy(bearingRear, 0.25),
            noisy(oil, 0.25),
            noisy(4.6 - 0.02 * (oil - 40) + 0.0006 * (speed - 1270), 0.02),
            noisy(1.1 + 1.4 * load * load, 0.07),
            noisy(0.9 + 1.1 * load * load, 0.07),
            noisy(ambient, 0.1),
            noisy(55 - 1.6 * (ambient - 18), 0.8)
        };
    }

    private void wearBearing(int start, int length) {
        for (int i = 0; i < length; i++) {
            double wear = 0.35 + 0.65 * i / (length - 1);
            double[] row = mark(start + i, 1);
            row[BEARING_FRONT] += 8 * wear;
            row[VIBRATION_X] += 0.9 * wear;
            row[VIBRATION_Y] += 0.5 * wear;
        }
    }

    private void leak(int start, int length) {
        for (int i = 0; i < length; i++) {
            double[] row = mark(start + i, 2);
            row[FLOW] *= 0.88;
            row[PRESSURE_OUT] -= 0.5;
            row[OIL_PRESSURE] -= 0.06;
        }
    }

    /** The column keeps the value it had four hours before, when the load was another. */
    private void stick(int column, int start, int length) {
        double value = rows[start - 240][column];
        for (int i = 0; i < length; i++) {
            mark(start + i, 3)[column] = value;
        }
    }

    private double[] mark(int t, int kind) {
        kinds[t] = kind;
        return rows[t];
    }

    private double noisy(double value, double deviation) {
        return value + deviation * random.gaussian();
    }

    private static double wave(int t, int period) {
        return StrictMath.sin(2 * StrictMath.PI * t / period);
    }

    private byte[] toNpz() {
        float[] values = new float[ROWS * FEATURES];
        long[] labels = new long[ROWS];
        for (int t = 0; t < ROWS; t++) {
            labels[t] = kinds[t] == 0 ? 0 : 1;
            for (int j = 0; j < FEATURES; j++) {
                values[t * FEATURES + j] = (float) rows[t][j];
            }
        }
        return NpzFile.of(List.of(
                NpyArray.ofFloats("X", values, ROWS, FEATURES),
                NpyArray.ofLongs("y", labels),
                NpyArray.ofLongs("kind", kinds),
                NpyArray.ofTexts("columns", COLUMNS)));
    }
}
