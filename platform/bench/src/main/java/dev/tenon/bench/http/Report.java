package dev.tenon.bench.http;

import java.util.List;
import java.util.Locale;

/** The table that is printed, one line for each scenario. */
final class Report {

    private static final String LINE = "%-11s %9s %9s  %5s %-11s  %15s  %15s  %5s  %13s%n";

    private Report() {}

    static void head(int clients) {
        System.out.printf(Locale.ROOT, "%n%d client%s%n", clients, clients == 1 ? "" : "s");
        System.out.printf(Locale.ROOT, LINE, "", "Tenon", "by hand", "", "", "Tenon", "by hand", "p99", "server CPU");
        System.out.printf(
                Locale.ROOT,
                LINE,
                "scenario",
                "op/s",
                "op/s",
                "ratio",
                "(rounds)",
                "p50 / p99 ms",
                "p50 / p99 ms",
                "ratio",
                "us/op, both");
    }

    /** @param tenon rounds in the order in which they were run, as {@code hand} */
    static void line(String scenario, List<Round> tenon, List<Round> hand) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int i = 0; i < tenon.size(); i++) {
            double ratio = tenon.get(i).perSecond() / hand.get(i).perSecond();
            least = Math.min(least, ratio);
            most = Math.max(most, ratio);
        }
        Round a = Round.together(tenon);
        Round b = Round.together(hand);
        System.out.printf(
                Locale.ROOT,
                LINE,
                scenario,
                "%.0f".formatted(a.perSecond()),
                "%.0f".formatted(b.perSecond()),
                "%.2f".formatted(a.perSecond() / b.perSecond()),
                "(%.2f-%.2f)".formatted(least, most),
                "%.2f / %.2f".formatted(a.millis(0.5), a.millis(0.99)),
                "%.2f / %.2f".formatted(b.millis(0.5), b.millis(0.99)),
                "%.2f".formatted(a.millis(0.99) / b.millis(0.99)),
                "%.0f / %.0f".formatted(a.cpuMicros(), b.cpuMicros()));
    }
}
