package dev.weir.console.dashboard;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// The numbers of one node. Blocking; one thread at a time.
public interface StatisticsSource extends AutoCloseable {

    /// The numbers of these virtual servers; those that the node does not know are left out.
    ///
    /// @param indexes from the resources' metadata
    List<TrafficSample> read(Collection<Integer> indexes) throws IOException;

    @Override
    void close();
}
