package org.oddlens.engine.compute.plan;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;

/** A piece of native memory that storages share; those whose numbers are never needed at the same time share places. */
final class Arena implements AutoCloseable {

    /** Floats of a cache line. */
    private static final int LINE = 16;

    private final FloatPointer memory;
    private final int length;

    private Arena(int length) {
        this.length = length;
        this.memory = new FloatPointer(Math.max(LINE, length));
    }

    /** Every storage in a place of its own. */
    static Arena sideBySide(Collection<Storage> storages) {
        Map<Storage, Integer> places = new HashMap<>();
        int end = 0;
        for (Storage storage : new LinkedHashSet<>(storages)) {
            places.put(storage, end);
            end += rounded(storage.length());
        }
        Arena arena = new Arena(end);
        arena.settle(places);
        return arena;
    }

    /**
     * Places by life: a storage is alive from the instruction that writes it to the last one that reads it.
     *
     * @param always storages alive from the first instruction to the last: inputs, results, constants
     * @param placed storages that have a place elsewhere
     */
    static Arena byLife(List<Instruction> instructions, Set<Storage> always, Set<Storage> placed) {
        Map<Storage, Integer> lastRead = new HashMap<>();
        for (int i = 0; i < instructions.size(); i++) {
            for (Matrix matrix : instructions.get(i).reads()) {
                lastRead.put(matrix.storage(), i);
            }
        }
        Occupancy occupancy = new Occupancy();
        always.stream().filter(storage -> !placed.contains(storage)).forEach(occupancy::take);
        for (int i = 0; i < instructions.size(); i++) {
            for (Matrix matrix : instructions.get(i).writes()) {
                if (!placed.contains(matrix.storage())) {
                    occupancy.take(matrix.storage());
                }
            }
            int now = i;
            occupancy.alive.removeIf(storage -> !always.contains(storage) && lastRead.getOrDefault(storage, -1) <= now);
        }
        Arena arena = new Arena(occupancy.end);
        arena.settle(occupancy.places);
        return arena;
    }

    private void settle(Map<Storage, Integer> places) {
        FloatBuffer buffer = memory.asBuffer();
        places.forEach((storage, place) -> storage.settle(memory, buffer, place));
    }

    /** Floats of native memory. */
    int length() {
        return length;
    }

    @Override
    public void close() {
        memory.close();
    }

    private static int rounded(int floats) {
        return (floats + LINE - 1) / LINE * LINE;
    }

    /** Who lies where at a moment. */
    private static final class Occupancy {

        private final Map<Storage, Integer> places = new HashMap<>();
        private final List<Storage> alive = new ArrayList<>();
        private int end;

        /** The smallest gap that is large enough, or the end. */
        void take(Storage storage) {
            if (places.containsKey(storage)) {
                return;
            }
            int needed = rounded(storage.length());
            alive.sort(Comparator.comparing(places::get));
            int best = -1;
            int bestGap = Integer.MAX_VALUE;
            int from = 0;
            for (Storage other : alive) {
                int gap = places.get(other) - from;
                if (gap >= needed && gap < bestGap) {
                    best = from;
                    bestGap = gap;
                }
                from = places.get(other) + rounded(other.length());
            }
            int place = best >= 0 ? best : from;
            places.put(storage, place);
            alive.add(storage);
            end = Math.max(end, place + needed);
        }
    }
}
