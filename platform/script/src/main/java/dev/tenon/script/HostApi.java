package dev.tenon.script;

import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.record.RecordClient;
import java.util.Locale;
import java.util.Optional;

/** What a running script reaches in the server. Called on the thread that made the call, while the script waits. */
public interface HostApi {

    /** Records with the rights of the acting user; absent where the script may not read any. */
    Optional<RecordClient> records();

    /** A setting of the tenant by its global name. */
    Optional<Object> setting(String name);

    /** The language in which errors of the record client are told to the script. */
    Locale locale();

    /** Nothing is reachable. */
    static HostApi none() {
        return new HostApi() {
            @Override
            public Optional<RecordClient> records() {
                return Optional.empty();
            }

            @Override
            public Optional<Object> setting(String name) {
                return Optional.empty();
            }

            @Override
            public Locale locale() {
                return Locale.ENGLISH;
            }
        };
    }

    /** What a call into a plugin would reach. */
    static HostApi of(CallContext context) {
        return new HostApi() {
            @Override
            public Optional<RecordClient> records() {
                return Optional.of(context.records());
            }

            @Override
            public Optional<Object> setting(String name) {
                return context.setting(name);
            }

            @Override
            public Locale locale() {
                return context.user().locale();
            }
        };
    }
}
