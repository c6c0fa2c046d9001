package dev.weir.snmp;

/// A choice with its number in the MIB.
interface Numbered {
    int number();

    /// The choice of that number; the first one for a number this version does not know.
    static <E extends Numbered> E of(E[] choices, int number) {
        for (E choice : choices) {
            if (choice.number() == number) {
                return choice;
            }
        }
        return choices[0];
    }
}
