import Foundation

/// Which program does a job: the machine, the process, and one start of it. It stands beside a job
/// that runs, so that another program over the same database knows whose it is.
package struct RunnerName: Sendable, Hashable {
    /// The machine and, in a container, the part of it in which process numbers count.
    package let machine: String
    let process: Int32
    let start: String

    /// This process, anew.
    package init() {
        let space = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        self.init(
            machine: Self.host + (space.map { "/" + $0 } ?? ""), process: getpid(),
            start: ID<RunnerName>.make().text)
    }

    package init(machine: String, process: Int32, start: String) {
        self.machine = machine
        self.process = process
        self.start = start
    }

    /// As it stands in the database; nil for what is no such name.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 3, let process = Int32(parts[1]) else { return nil }
        self.init(machine: String(parts[0]), process: process, start: String(parts[2]))
    }

    var text: String { "\(machine) \(process) \(start)" }

    /// Whether the program of this name is surely over, as far as another can see it: it was an
    /// earlier start in the other's own process, or a process of its machine that is no more.
    func isOver(seenBy other: RunnerName) -> Bool {
        guard machine == other.machine, self != other else { return false }
        return process == other.process || kill(process, 0) != 0 && errno == ESRCH
    }

    private static var host: String {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
        let name = (text ?? "").filter { !$0.isWhitespace }
        return name.isEmpty ? "localhost" : name
    }
}
