package dev.tenon.records.internal;

/** Names of files as people's computers send them, made harmless. */
final class FileNames {

    private static final int LONGEST = 200;

    private FileNames() {}

    /** Without folders and control characters, which some systems would act upon, and without halved characters. */
    static String safe(String fileName) {
        String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            name = "file";
        }
        String cut = name.length() > LONGEST ? name.substring(name.length() - LONGEST) : name;
        return cut.replaceAll("\\p{Cs}", "");
    }
}
