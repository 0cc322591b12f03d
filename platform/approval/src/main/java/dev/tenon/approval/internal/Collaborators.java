package dev.tenon.approval.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.RecordStore;
import java.time.InstantSource;

/** What the parts of the service work with. */
public record Collaborators(
        ApprovalStore approvals,
        RecordStore records,
        Records door,
        ModelSource models,
        CodeRuntime code,
        UserDirectory users,
        Definitions definitions,
        InstantSource clock) {

    /** Reading as the person. */
    RecordSession as(Identity identity) {
        return door.open(identity, Channel.USER);
    }

    /** The engine's own work on the record under approval: conditions, approvers, outcome fields. */
    RecordSession engine(Identity identity) {
        return door.open(identity.asSystem(), Channel.APPROVAL);
    }

    public boolean administers(Identity identity) {
        return models.current(identity.tenant()).access().holds(identity, SystemPermission.MANAGE_APPROVALS);
    }
}
