package dev.tenon.sdk.error;

/** Who has to act to make an error go away. */
public enum ErrorKind {
    /** The person or program that made the request: the text says what to do next. */
    USER,
    /** The author of a script, plugin, package or other definition; the error names its file and line. */
    CUSTOMIZATION,
    /** Nobody at once: a limit was reached or the system is overloaded; trying later may help. */
    CAPACITY,
    /** The owner of a system outside the platform: a database, a mail server, a called service. */
    EXTERNAL,
    /** The makers of the platform; details go to the log, never to the caller. */
    INTERNAL
}
