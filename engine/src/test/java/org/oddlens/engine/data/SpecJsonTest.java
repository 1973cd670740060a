package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.threshold.ThresholdSpec;

/** The records that stand in run.json survive Jackson without annotations. */
class SpecJsonTest {

    private static <T> void assertRoundTrip(T value, Class<T> type) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        String json = mapper.writeValueAsString(value);
        assertThat(mapper.readValue(json, type))
                .as(json)
                .usingRecursiveComparison()
                .isEqualTo(value);
    }

    @Test
    void writesAndReadsEverySpec() throws IOException {
        Roles roles = Roles.labelled("X", "y", List.of("1"), List.of("0"));
        assertRoundTrip(
                DataSpec.of("a.npz")
                        .withRoles(roles)
                        .withMissing(MissingPolicy.IMPUTE)
                        .withSecondFile("b.npz"),
                DataSpec.class);
        assertRoundTrip(
                ProtocolSpec.of("one-class")
                        .withNormalClasses(List.of("0", "3"))
                        .withValidationShare(0.1),
                ProtocolSpec.class);
        assertRoundTrip(ThresholdSpec.parse("mean-sd:2.5"), ThresholdSpec.class);
        assertRoundTrip(ThresholdSpec.parse("best-f1"), ThresholdSpec.class);
        assertRoundTrip(
                new FittedScaler("min-max", new double[] {1}, new double[] {2}, new double[] {0.5}),
                FittedScaler.class);
    }
}
