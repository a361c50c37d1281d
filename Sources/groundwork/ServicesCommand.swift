import App
import ArgumentParser
import Core
import Ledger
import Organization
import Requests

/// groundwork services: what may be asked for, and where it begins.
struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services", abstract: "Check where requests begin.",
        subcommands: [ServicesCheckCommand.self])
}

struct ServicesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "List every community and service without exactly one answer.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let district = try await options.open()
        defer { district.database.close() }
        let requests = try Requests(district)
        let structure = try await district.structure()
        let routing = Routing(requests.services, structure, on: district.now().day)
        let words = RouteWords(requests, structure)
        let faults = routing.faults
        for found in faults {
            let service = found.service?.id ?? "*"
            let why = words.fault(found.fault)
            Terminal.say(
                zh: "\(found.place.code) \(found.place.name)　\(service)：\(why.zh)",
                en: "\(found.place.code) \(found.place.name), \(service): \(why.en)")
        }
        guard faults.isEmpty else { throw ExitCode(1) }
        let (places, services) = (
            routing.communities.count, routing.services.offered(on: routing.day).count
        )
        Terminal.say(
            zh: "\(places)个社区、\(services)个事项都有且只有一个去向。",
            en: "\(places) communities, \(services) services: each has exactly one answer.")
    }
}
