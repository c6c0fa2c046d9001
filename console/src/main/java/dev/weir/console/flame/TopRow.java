package dev.weir.console.flame;

/// One function in the table beside the graph.
///
/// @param function in the scene's tree
/// @param self the cost of its own code, in the unit of the sample type
/// @param total the cost of the samples it occurs in, in the unit of the sample type
/// @param change its share of the whole less that in the baseline; 0 without one
record TopRow(
        int function,
        String name,
        String module,
        long self,
        double selfShare,
        long total,
        double totalShare,
        double change) {}
