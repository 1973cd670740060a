package org.oddlens.engine.device;

/**
 * A card as its driver describes it; null is what the driver did not tell.
 *
 * @param index             number of the card, from 0 in the driver's order
 * @param name              such as {@code NVIDIA RTX A4000}
 * @param computeCapability null with drivers before 510, which cannot be asked for it
 * @param driver            version of the driver
 * @param memoryMiB         memory of the card, MiB
 * @param freeMiB           memory that nothing uses, MiB
 * @param divided           whether the card is divided into instances (MIG); memory is then that of the whole card
 */
public record GraphicsCard(
        int index,
        String name,
        ComputeCapability computeCapability,
        DriverVersion driver,
        Long memoryMiB,
        Long freeMiB,
        boolean divided) {}
