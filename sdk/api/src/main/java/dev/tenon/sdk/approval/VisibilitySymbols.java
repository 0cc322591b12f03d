package dev.tenon.sdk.approval;

/** The vocabulary of visibility policies. Sequence numbers count the events of one approval, from 1. */
public final class VisibilitySymbols {

    private VisibilitySymbols() {}

    private static VisibilityExpr symbol(String path) {
        return new VisibilityExpr.Symbol(path);
    }

    /** The person who looks. */
    public record Viewer() {
        public VisibilityExpr id() {
            return symbol("me");
        }

        /** First time the viewer was asked to decide; empty when never asked. Automatic decisions do not count. */
        public VisibilityExpr firstSeq() {
            return symbol("me.participation.firstSeq");
        }

        /** Last time the viewer was asked to decide. */
        public VisibilityExpr lastActivatedSeq() {
            return symbol("me.participation.lastActivatedSeq");
        }

        /** Last time the viewer decided. */
        public VisibilityExpr lastDecidedSeq() {
            return symbol("me.participation.lastDecidedSeq");
        }
    }

    /** A comment or decision. */
    public record Item() {
        /** What it is: {@code COMMENT, DECISION}. */
        public VisibilityExpr kind() {
            return symbol("item.kind");
        }

        public VisibilityExpr author() {
            return symbol("item.author");
        }

        /** The person on whose behalf a proxy wrote it. */
        public VisibilityExpr actingFor() {
            return symbol("item.actingFor");
        }

        public VisibilityExpr seq() {
            return symbol("item.seq");
        }

        public VisibilityExpr nodeKey() {
            return symbol("item.nodeKey");
        }

        public VisibilityExpr nodeActivatedSeq() {
            return symbol("item.nodeActivatedSeq");
        }

        /** When the step it was written at was closed; empty while the step is open. */
        public VisibilityExpr nodeClosedSeq() {
            return symbol("item.nodeClosedSeq");
        }

        public VisibilityExpr round() {
            return symbol("item.round");
        }

        /** The people it is addressed to; use with {@link VisibilityExpr#contains}. */
        public VisibilityExpr audience() {
            return symbol("item.audience");
        }

        public VisibilityExpr outcome() {
            return symbol("item.outcome");
        }
    }

    /** The approval (one run for one record). */
    public record Approval() {
        public VisibilityExpr submitter() {
            return symbol("inst.submitter");
        }

        public VisibilityExpr state() {
            return symbol("inst.state");
        }
    }
}
