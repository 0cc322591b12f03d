package dev.tenon.app;

import dev.tenon.automation.Automation;
import dev.tenon.tenancy.Tenancy;
import org.springframework.context.SmartLifecycle;

/** Ends what a crash has interrupted before the first request is served, then begins the work in the background. */
final class PlatformStart implements SmartLifecycle {

    /** Before the web server, which starts in the last phases. */
    private static final int EARLY = 0;

    private final Tenancy tenancy;
    private final Automation automation;
    private volatile boolean running;

    PlatformStart(Tenancy tenancy, Automation automation) {
        this.tenancy = tenancy;
        this.automation = automation;
    }

    @Override
    public void start() {
        tenancy.start();
        automation.start();
        running = true;
    }

    @Override
    public void stop() {
        // The beans close themselves, after the web server has let its last request end.
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EARLY;
    }
}
