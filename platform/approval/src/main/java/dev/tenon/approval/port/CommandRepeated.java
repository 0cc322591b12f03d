package dev.tenon.approval.port;

/** The command id is taken by the same person's command that got there first; the transaction is to be given up. */
public final class CommandRepeated extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandRepeated(String commandId) {
        super("command " + commandId + " was already given");
    }
}
