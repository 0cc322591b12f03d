package dev.tenon.records.internal;

import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.SaveGuard;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.HoldStore;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.TenantSealing;
import java.time.InstantSource;
import java.util.List;

/** Everything outside of this room that sessions work with. */
public record Ports(
        RecordStore store,
        RecycleBinStore bin,
        CodeRuntime code,
        HoldStore holds,
        List<SaveGuard> guards,
        FilePorts files,
        TenantSealing sealing,
        InstantSource clock) {

    public Ports {
        guards = List.copyOf(guards);
    }

    SealedFields sealed(String tenant, Channel channel) {
        return new SealedFields(sealing.of(tenant), channel == Channel.SCRIPT || channel == Channel.PLUGIN);
    }
}
