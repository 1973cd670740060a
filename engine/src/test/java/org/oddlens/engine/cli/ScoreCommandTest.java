package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scoring, explaining and evaluating by the model of a run that trained on a table of pumps. */
class ScoreCommandTest extends TypedCommands {

    private Path run;

    @BeforeEach
    void writeTable() throws IOException {
        List<String> lines = new ArrayList<>(List.of("flow,pressure,heat,state"));
        for (int i = 0; i < 80; i++) {
            boolean bad = i % 10 == 7;
            lines.add(String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%.3f,%s",
                    10 + Math.sin(i) + (bad ? 9 : 0),
                    5 + Math.cos(2 * i),
                    i == 4 ? 100.5 : 100 + Math.sin(3 * i),
                    bad ? "1" : "0"));
        }
        data = Files.write(temp.resolve("pumps.csv"), lines);
        run = temp.resolve("run");
    }

    @Override
    int train(String... further) {
        List<String> words = new ArrayList<>(
                List.of("train", "--data", data.toString(), "--detector", "lof", "--out", run.toString(), "--quiet"));
        words.addAll(List.of(further));
        return run(words.toArray(new String[0]));
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(temp.resolve(name), List.of(lines));
    }

    private List<String> score(Path rows, String... further) throws IOException {
        Path out = temp.resolve("scores.csv");
        List<String> words = new ArrayList<>(List.of(
                "score", "--run", run.toString(), "--data", rows.toString(), "--out", out.toString(), "--overwrite"));
        words.addAll(List.of(further));
        int code = run(words.toArray(new String[0]));
        assertThat(code).as(err).isZero();
        return Files.readAllLines(out);
    }

    private static double scoreOf(String line) {
        return Double.parseDouble(line.split(",")[1]);
    }

    /** The median of the training rows, not that of the new ones: with all others far away the score would differ. */
    @Test
    void fillsGapsAsTheRunDidWithTheMediansOfItsTrainingRows() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(data));
        lines.set(5, lines.get(5).replaceFirst("^[^,]*", ""));
        Files.write(data, lines);
        assertThat(train("--missing", "impute", "--protocol", "transductive")).isZero();
        double median = lines.stream()
                .skip(1)
                .map(line -> line.split(",")[0])
                .filter(cell -> !cell.isEmpty())
                .mapToDouble(Double::parseDouble)
                .sorted()
                .skip(39) // the middle one of 79
                .findFirst()
                .orElseThrow();
        String header = "flow,pressure,heat";
        Path gap = file("gap.csv", header, ",5.1,100.2", "50,5.2,100.1", "51,5.3,100.3", "52,5.0,100.2");
        Path filled = file("filled.csv", header, median + ",5.1,100.2", "50,5.2,100.1", "51,5.3,100.3", "52,5.0,100.2");

        List<String> byPolicy = score(gap);
        assertThat(err).contains("1 missing value").contains("median of the training rows");
        assertThat(scoreOf(byPolicy.get(1))).isEqualTo(scoreOf(score(filled).get(1)));
        assertThat(score(gap, "--missing", "drop"))
                .hasSize(4)
                .element(1)
                .asString()
                .startsWith("1,");
    }

    @Test
    void stopsAtAGapWhereTheRunHadNoneAndNamesTheFlag() throws IOException {
        train();
        Path gap = file("gap.csv", "flow,pressure,heat", ",5.1,100.2", "9,5.2,100.1");

        assertThat(run("score", "--run", run.toString(), "--data", gap.toString(), "--out", temp + "/s.csv"))
                .isEqualTo(1);
        assertThat(err).contains("Say --missing drop or --missing impute.");
        assertThat(temp.resolve("s.csv")).doesNotExist();
        assertThat(run("explain", "--run", run.toString(), "--data", gap.toString(), "--rows", "0"))
                .isEqualTo(1);
        assertThat(err).contains("Say --missing drop or --missing impute.");
        assertThat(score(gap, "--missing", "impute")).hasSize(3);
        assertThat(run("score", "--run", "x", "--data", gap.toString(), "--out", "s.csv", "--missing", "no"))
                .isEqualTo(2);
    }

    @Test
    void writesTheIdsOfNewRowsThoughTheTrainingRowsHadNone() throws IOException {
        train();
        Path named = file("named.csv", "id,flow,pressure,heat", "p1,10,5,100", "p2,11,5,100", "p3,10,6,101");

        assertThat(score(named)).first().isEqualTo("row,score,anomaly,id");
        assertThat(score(named).get(2)).startsWith("1,").endsWith(",p2");
        Path other = file("other.csv", "pump,flow,pressure,heat", "p1,10,5,100", "p2,11,5,100", "p3,10,6,101");
        assertThat(score(other, "--id", "pump").get(3)).endsWith(",p3");
    }

    @Test
    void tellsOfLabelValuesThatTheRunDoesNotKnow() throws IOException {
        train();
        Path rows = file("new.csv", "flow,pressure,heat,state", "10,5,100,0", "11,5,100,2", "10,6,101,2");

        assertThat(score(rows)).first().isEqualTo("row,score,anomaly");
        assertThat(err).contains("The label 'state' of new.csv has values that the run does not know (2)");
    }

    @Test
    void explainsTheRowsWithTheHighestScores() throws IOException {
        train();
        assertThat(run("explain", "--run", run.toString(), "--top", "3", "--json"))
                .as(err)
                .isZero();
        JsonNode document = json();
        assertThat(document.get("method").asText()).isNotEmpty();
        assertThat(document.get("rows")).hasSize(3);
        double before = Double.POSITIVE_INFINITY;
        for (JsonNode row : document.get("rows")) {
            assertThat(row.get("score").asDouble()).isLessThanOrEqualTo(before);
            before = row.get("score").asDouble();
            assertThat(row.get("row").asInt() % 10)
                    .as("the anomalies have too much flow")
                    .isEqualTo(7);
            assertThat(row.get("features").get(0).get("name").asText()).isEqualTo("flow");
            double shares = 0;
            for (JsonNode feature : row.get("features")) {
                shares += feature.get("share").asDouble();
            }
            assertThat(shares).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
        }
    }

    @Test
    void explainsRowsOfAnotherFileInItsUnits() throws IOException {
        train();
        Path rows = file("new.csv", "id,flow,pressure,heat", "p1,10,5,100", "p2,19.5,5,100.25", "p3,10,6,101");

        assertThat(run("explain", "--run", run.toString(), "--data", rows.toString(), "--rows", "1", "--quiet"))
                .as(err)
                .isZero();
        assertThat(out)
                .contains("Row 1 (p2): score")
                .contains("19.5000")
                .contains("100.250")
                .contains("%");
        assertThat(run("explain", "--run", run.toString(), "--data", rows.toString(), "--rows", "3"))
                .isEqualTo(2);
        assertThat(err).contains("there is no row 3; the data have rows 0 to 2");
        assertThat(run("explain", "--run", run.toString(), "--rows", "1", "--top", "1"))
                .isEqualTo(2);
        assertThat(run("explain", "--run", run.toString(), "--top", "0")).isEqualTo(2);
    }

    @Test
    void marksAThresholdThatUsedLabelsWhenItExplains() throws IOException {
        train("--threshold", "known-ratio");
        assertThat(run("explain", "--run", run.toString(), "--top", "1")).isZero();
        assertThat(out).contains("(known-ratio)  * uses labels");
        assertThat(run("explain", "--run", run.toString(), "--top", "1", "--json"))
                .isZero();
        assertThat(json().get("threshold").get("usesLabels").asBoolean()).isTrue();
    }

    private int flagged(String threshold) throws IOException {
        assertThat(run("evaluate", "--run", run.toString(), "--threshold", threshold, "--json"))
                .as(err)
                .isZero();
        return json().get("flagged").asInt();
    }

    /** 80 rows are judged: 36 normal ones train, 36 and the 8 anomalies are evaluated. */
    @Test
    void evaluatesAtAValueANumberOfRowsAndAShare() throws IOException {
        train("--protocol", "normal-split");

        assertThat(flagged("top:20")).isEqualTo(20);
        assertThat(flagged("share:0.25")).isEqualTo(11);
        assertThat(flagged("value:-1")).isEqualTo(44);
        assertThat(flagged("value:1e9")).isZero();
        assertThat(json().get("threshold").get("value").asDouble()).isEqualTo(1e9);
        assertThat(json().get("threshold").get("usesLabels").asBoolean()).isFalse();
        for (String wrong : List.of("top", "top:0", "top:1.5", "share:2", "share:0", "value", "value:x")) {
            assertThat(run("evaluate", "--run", run.toString(), "--threshold", wrong))
                    .as(wrong)
                    .isEqualTo(2);
        }
        assertThat(run("evaluate", "--run", run.toString(), "--threshold", "top:45"))
                .isEqualTo(1);
        assertThat(err).contains("flags the 45 highest scores, and there are 44");
    }

    @Test
    void findsMovedDataAndRefusesOthers() throws IOException {
        train();
        Path moved = Files.move(data, temp.resolve("moved.csv"));
        for (String command : List.of("evaluate --run", "rerun")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.add(run.toString());
            assertThat(run(words.toArray(new String[0]))).isEqualTo(1);
            assertThat(err).contains("no longer at " + data).contains("--data FILE");
            words.addAll(List.of("--data", moved.toString()));
            assertThat(run(words.toArray(new String[0]))).as(err).isZero();

            Path other = file("other.csv", "flow,pressure,heat,state", "1,2,3,0", "1,2,4,1", "1,3,4,0");
            words.set(words.size() - 1, other.toString());
            assertThat(run(words.toArray(new String[0]))).isEqualTo(1);
            assertThat(err).contains("expected SHA-256").contains("other.csv");
        }
    }

    @Test
    void refusesAnAnomalyValueThatNoRowHas() {
        assertThat(train("--anomaly-values", "7")).isEqualTo(2);
        assertThat(err).contains("--anomaly-values: no row has the label value '7'; there are 0, 1");
        assertThat(run).doesNotExist();
        assertThat(run("inspect", data.toString(), "--anomaly-values", "7")).isEqualTo(2);
        assertThat(train("--anomaly-values", "1")).isZero();
    }
}
