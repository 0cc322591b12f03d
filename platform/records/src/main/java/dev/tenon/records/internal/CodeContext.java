package dev.tenon.records.internal;

import dev.tenon.metadata.model.Setting;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.record.RecordClient;
import java.time.Instant;
import java.util.Optional;

/** What code behind triggers and actions gets. */
final class CodeContext implements CallContext {

    private final GuardedSession session;

    CodeContext(GuardedSession session) {
        this.session = session;
    }

    @Override
    public ActingUser user() {
        return session.identity().user();
    }

    @Override
    public Instant now() {
        return session.now();
    }

    @Override
    public RecordClient records() {
        return session.client();
    }

    @Override
    public Optional<Object> setting(String name) {
        return Optional.ofNullable(session.model().settings().get(name)).map(Setting::value);
    }
}
