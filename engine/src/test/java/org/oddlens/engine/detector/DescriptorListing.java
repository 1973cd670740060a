package org.oddlens.engine.detector;

import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;

/** A program for a process of its own: prints every detector, form field and network shape. */
final class DescriptorListing {

    private DescriptorListing() {}

    public static void main(String[] args) {
        for (DetectorProvider provider : DetectorRegistry.installed().all()) {
            DetectorDescriptor descriptor = provider.descriptor();
            System.out.println("detector " + descriptor.id());
            for (Hyperparameter<?> declared : descriptor.hyperparameters()) {
                System.out.println("field " + declared.key() + " = " + declared.defaultText() + ": "
                        + declared.domain().describe());
            }
            for (Preset preset : descriptor.presets()) {
                NetworkShape shape = provider.shape(
                        Values.parse(descriptor.hyperparameters(), preset.values()),
                        new DataShape(new int[] {12}, "min-max", 100));
                System.out.println("shape " + descriptor.id() + " " + preset.id() + " " + shape.text() + " "
                        + shape.parameterCount());
            }
        }
    }
}
