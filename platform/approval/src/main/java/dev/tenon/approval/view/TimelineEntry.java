package dev.tenon.approval.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param seq position in the reader's timeline, from 1; says nothing about entries the reader may not see
 * @param kind what happened, for example {@code SUBMITTED}; null where a policy hides it
 * @param actor null for the engine, and where a policy hides who it was
 * @param reason why the engine acted, or the reason code of an incident
 * @param comment text, null when there is none or a policy hides it
 * @param commentHidden there is a comment whose text a policy hides
 */
public record TimelineEntry(
        int seq,
        Instant at,
        @Nullable String kind,
        @Nullable PersonView actor,
        @Nullable String stepKey,
        @Nullable String stepLabel,
        int round,
        @Nullable String reason,
        @Nullable String comment,
        boolean commentHidden) {}
