package dev.tenon.script.internal;

import dev.tenon.script.ScriptCall;
import dev.tenon.script.ScriptError;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Remembers scripts that could only be ended by killing their worker. After several times they are refused for a
 * while: each time costs a process and disturbs the others. A corrected script has another hash and is free.
 */
final class Offenders {

    private static final int STRIKES = 3;
    private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long BLOCKED_SECONDS = 60;
    private static final int MAX_REMEMBERED = 1000;

    private final Map<Key, Offence> offences = new LinkedHashMap<>();

    private record Key(String tenant, String modules, String file, String function) {}

    private record Offence(int strikes, long last, String reason) {}

    synchronized void record(ScriptCall call, String reason) {
        long now = System.nanoTime();
        offences.values().removeIf(offence -> now - offence.last() > MEMORY_NANOS);
        Offence before = offences.remove(key(call));
        offences.put(key(call), new Offence(before == null ? 1 : before.strikes() + 1, now, reason));
        if (offences.size() > MAX_REMEMBERED) {
            Iterator<Key> oldest = offences.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized void refuseBlocked(ScriptCall call) {
        Offence offence = offences.get(key(call));
        if (offence == null || offence.strikes() < STRIKES) {
            return;
        }
        long left = BLOCKED_SECONDS - TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - offence.last());
        if (left > 0) {
            throw Outcomes.error(call, ScriptError.BLOCKED)
                    .with("seconds", left)
                    .with("reason", offence.reason())
                    .build();
        }
    }

    private static Key key(ScriptCall call) {
        return new Key(call.tenant(), call.modules().hash(), call.file(), call.function());
    }
}
