package dev.tenon.bench.size;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What a step took, by the clock and of this process's processor time: they differ where others use the machine. */
record Took(long clock, long processor) {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int WARMUP = 15;
    private static final int ROUNDS = 15;
    private static final int COLLECTIONS = 3;

    /** Something that is timed. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    static Took by(Step step) throws IOException, InterruptedException {
        long processor = PROCESS.getProcessCpuTime();
        long clock = System.nanoTime();
        step.run();
        return new Took(System.nanoTime() - clock, PROCESS.getProcessCpuTime() - processor);
    }

    /** Some rounds after some that do not count. */
    static List<Took> times(Step step) throws IOException, InterruptedException {
        List<Took> times = new ArrayList<>();
        for (int i = -WARMUP; i < ROUNDS; i++) {
            Took took = by(step);
            if (i >= 0) {
                times.add(took);
            }
        }
        return times;
    }

    /** Prints the median, the least and the greatest by the clock, and the median of the processor time. */
    static void told(String what, List<Took> times) {
        if (times.isEmpty()) {
            return;
        }
        long[] clock = times.stream().mapToLong(Took::clock).sorted().toArray();
        long[] processor = times.stream().mapToLong(Took::processor).sorted().toArray();
        System.out.printf(
                "%-60s %8.1f ms (%.1f – %.1f), processor %.1f ms%n",
                what,
                clock[clock.length / 2] / 1e6,
                clock[0] / 1e6,
                clock[clock.length - 1] / 1e6,
                processor[processor.length / 2] / 1e6);
    }

    static void told(String what, double megabytes) {
        System.out.printf("%-60s %8.2f MB%n", what, megabytes);
    }

    /** Bytes that are still used after collections. */
    static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
