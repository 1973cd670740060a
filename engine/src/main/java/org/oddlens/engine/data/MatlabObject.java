package org.oddlens.engine.data;

/** What to say of MATLAB's objects, which only MATLAB can read. */
final class MatlabObject {

    private MatlabObject() {}

    /**
     * The end of a sentence that starts with the variable's name.
     *
     * @param variable its name, for the advice
     * @param object   its class, for example {@code table}; "" if unknown
     */
    static String problem(String variable, String object) {
        if (object.startsWith("function")) {
            return "is a function handle, which holds no data.";
        }
        String advice =
                switch (object) {
                    case "string", "categorical" -> "cellstr(" + variable + ")";
                    case "table", "timetable" -> variable + "{:,vartype('numeric')}";
                    case "datetime" -> "posixtime(" + variable + ")";
                    case "duration" -> "seconds(" + variable + ")";
                    default -> "double(" + variable + "), or one of its properties,";
                };
        return "is a MATLAB object of the class " + (object.isEmpty() ? "unknown" : object)
                + ", which only MATLAB can read. There, " + advice + " makes a plain array of it to save.";
    }
}
