package org.oddlens.engine.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a run records about its data: enough to load the same rows again, and to find the same columns in other files.
 *
 * @param file         path as given by the user
 * @param sha256       lower-case hex digest of the file, or null before it was read
 * @param roles        which array is what; null means: guess
 * @param missing      what happens to missing values; null means {@link MissingPolicy#REPORT}
 * @param secondFile   file with the test rows (protocol {@code own-split}), or null
 * @param secondSha256 its digest, or null
 * @param secondRoles  which array of it is what; null means: as in the first file where it has the same arrays, else guess
 * @param columns      names of the features in the order they are trained on; columns of a file that has names are matched
 *                     by them. Null before the file was read, and where it has no names
 * @param leftOut      features that are not to be used, by name ({@code x1}, {@code x2}, … in a table without names)
 */
public record DataSpec(
        String file,
        String sha256,
        Roles roles,
        MissingPolicy missing,
        String secondFile,
        String secondSha256,
        @JsonInclude(JsonInclude.Include.NON_NULL) Roles secondRoles,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> columns,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> leftOut) {

    public DataSpec {
        missing = missing == null ? MissingPolicy.REPORT : missing;
        columns = columns == null ? null : List.copyOf(columns);
        leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
    }

    /** A file whose roles are to be guessed. */
    public static DataSpec of(String file) {
        return new DataSpec(file, null, null, MissingPolicy.REPORT, null, null, null, null, List.of());
    }

    public DataSpec withRoles(Roles value) {
        return new DataSpec(file, sha256, value, missing, secondFile, secondSha256, secondRoles, columns, leftOut);
    }

    public DataSpec withMissing(MissingPolicy value) {
        return new DataSpec(file, sha256, roles, value, secondFile, secondSha256, secondRoles, columns, leftOut);
    }

    public DataSpec withSecondFile(String value) {
        return new DataSpec(file, sha256, roles, missing, value, null, null, columns, leftOut);
    }

    public DataSpec withSecondRoles(Roles value) {
        return new DataSpec(file, sha256, roles, missing, secondFile, secondSha256, value, columns, leftOut);
    }

    public DataSpec withColumns(List<String> value) {
        return new DataSpec(file, sha256, roles, missing, secondFile, secondSha256, secondRoles, value, leftOut);
    }

    public DataSpec withLeftOut(List<String> value) {
        return new DataSpec(file, sha256, roles, missing, secondFile, secondSha256, secondRoles, columns, value);
    }

    /** The same data at other places; the digests stay, so that other contents are refused. */
    public DataSpec movedTo(String newFile, String newSecondFile) {
        return new DataSpec(
                newFile, sha256, roles, missing, newSecondFile, secondSha256, secondRoles, columns, leftOut);
    }
}
