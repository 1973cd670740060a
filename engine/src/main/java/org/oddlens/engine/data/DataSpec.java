package org.oddlens.engine.data;

/**
 * What a run records about its data: enough to load the same rows again.
 *
 * @param file         path as given by the user
 * @param sha256       lower-case hex digest of the file, or null before it was read
 * @param roles        which array is what; null means: guess
 * @param missing      what happens to missing values; null means {@link MissingPolicy#REPORT}
 * @param secondFile   file with the test rows (protocol {@code own-split}), read with the same roles; or null
 * @param secondSha256 its digest, or null
 */
public record DataSpec(
        String file, String sha256, Roles roles, MissingPolicy missing, String secondFile, String secondSha256) {

    public DataSpec {
        missing = missing == null ? MissingPolicy.REPORT : missing;
    }

    /** A file whose roles are to be guessed. */
    public static DataSpec of(String file) {
        return new DataSpec(file, null, null, MissingPolicy.REPORT, null, null);
    }

    public DataSpec withRoles(Roles value) {
        return new DataSpec(file, sha256, value, missing, secondFile, secondSha256);
    }

    public DataSpec withMissing(MissingPolicy value) {
        return new DataSpec(file, sha256, roles, value, secondFile, secondSha256);
    }

    /** The same data at other places; the digests stay, so that other contents are refused. */
    public DataSpec movedTo(String newFile, String newSecondFile) {
        return new DataSpec(newFile, sha256, roles, missing, newSecondFile, secondSha256);
    }

    public DataSpec withSecondFile(String value) {
        return new DataSpec(file, sha256, roles, missing, value, null);
    }
}
