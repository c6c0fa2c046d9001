package dev.weir.agent.operation;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;

import dev.weir.api.JvmProcess;
import dev.weir.model.FailureReason;

import java.util.Comparator;
import java.util.List;

/// The JVMs of this machine that this process may attach to.
public final class JavaProcesses {
    private JavaProcesses() {}

    /// By process id, this one included; without arguments, which may hold secrets.
    public static List<JvmProcess> list() {
        return VirtualMachine.list().stream()
                .map(found -> new JvmProcess(Long.parseLong(found.id()), name(found)))
                .sorted(Comparator.comparingLong(JvmProcess::pid))
                .toList();
    }

    /// Asks before attaching: attaching signals the process, and SIGQUIT ends one that is no JVM.
    ///
    /// @throws OperationFailedException PROCESS_NOT_FOUND
    static long require(String pid) throws OperationFailedException {
        for (JvmProcess process : list()) {
            if (Long.toString(process.pid()).equals(pid)) {
                return process.pid();
            }
        }
        boolean runs = ProcessHandle.of(Long.parseLong(pid)).isPresent();
        throw new OperationFailedException(
                FailureReason.PROCESS_NOT_FOUND,
                "JVM %s: %s; choose one of the processes that the agent lists"
                        .formatted(
                                pid,
                                runs
                                        ? "this process is no JVM that the agent's user may attach to"
                                        : "there is no such process"));
    }

    private static String name(VirtualMachineDescriptor descriptor) {
        String first = descriptor.displayName().strip().split("\\s", 2)[0];
        return first.isEmpty() ? "java" : first;
    }
}
