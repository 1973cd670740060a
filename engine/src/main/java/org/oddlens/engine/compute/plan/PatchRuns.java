package org.oddlens.engine.compute.plan;

import java.util.Arrays;

/** The runs of a {@link PatchGeometry} in arrays, found once, followed for every image. */
final class PatchRuns {

    private final int[] from;
    private final int[] to;
    private final int[] count;

    PatchRuns(PatchGeometry geometry) {
        int[] runs = {0};
        geometry.runs((source, target, length) -> runs[0]++);
        from = new int[runs[0]];
        to = new int[runs[0]];
        count = new int[runs[0]];
        runs[0] = 0;
        geometry.runs((source, target, length) -> {
            from[runs[0]] = source;
            to[runs[0]] = target;
            count[runs[0]++] = length;
        });
    }

    /** Writes the patches of the image that starts at {@code image}. */
    void unroll(float[] images, int image, float[] patches, int start) {
        for (int run = 0; run < from.length; run++) {
            int source = from[run];
            int target = start + to[run];
            int length = count[run];
            if (source < 0) {
                Arrays.fill(patches, target, target + length, 0);
            } else if (length < 12) {
                for (int i = 0; i < length; i++) {
                    patches[target + i] = images[image + source + i];
                }
            } else {
                System.arraycopy(images, image + source, patches, target, length);
            }
        }
    }

    /** The way back: adds the patches to the image. */
    void addBack(float[] patches, int start, float[] images, int image) {
        for (int run = 0; run < from.length; run++) {
            int source = from[run];
            if (source >= 0) {
                int target = start + to[run];
                int at = image + source;
                int length = count[run];
                for (int i = 0; i < length; i++) {
                    images[at + i] += patches[target + i];
                }
            }
        }
    }
}
