package dev.tenon.samples.demo;

import dev.tenon.web.system.StartupProgress;
import java.io.PrintStream;

/** Tells in the terminal, and to the login page, how far the demo is. */
final class DemoConsole implements DemoSetup.Progress {

    // A person reads this in a terminal; it is no log.
    @SuppressWarnings("SystemOut")
    private static final PrintStream TERMINAL = System.out;

    private final StartupProgress progress;

    DemoConsole(StartupProgress progress) {
        this.progress = progress;
    }

    @Override
    public void at(String tenant, String phase, int done, int total) {
        progress.report(tenant + ": " + phase, done, total);
        TERMINAL.printf("  %-9s %-28s %5d of %d%n", tenant, phase, done, total);
    }

    static void welcome(String address) {
        TERMINAL.printf("""

                Tenon is running: %s

                  tenant    login       password    who
                """, address);
        for (String tenant : new String[] {DemoSetup.STANDARD, DemoSetup.MARKET}) {
            for (DemoPeople.Person person : DemoPeople.of(tenant)) {
                TERMINAL.printf(
                        "  %-9s %-11s %-11s %s%n",
                        tenant,
                        person.login(),
                        DemoPeople.PASSWORD,
                        person.role().english + " / " + person.role().chinese);
            }
        }
        TERMINAL.printf("%nStop with Ctrl-C; the data stays.%n");
    }
}
