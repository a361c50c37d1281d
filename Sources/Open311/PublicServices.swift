import Core
import Requests

extension Requests {
    /// - Throws: `GeoErrors` for a code that no service has today.
    func offered(_ code: String) throws(GeoErrors) -> Service {
        guard let found = services[code], found.isOffered(on: district.now().day) else {
            throw .missing(
                "service_code", zh: "没有编码为“\(code.prefix(40))”的服务。",
                en: "There is no service with the code “\(code.prefix(40))”.")
        }
        return found
    }

    /// - Throws: `GeoErrors` for a code that no service ever had here.
    func known(_ code: String) throws(GeoErrors) -> String {
        guard let found = services[code] else { return try offered(code).id }
        return found.id
    }

    /// The services of which each request may be seen by everybody.
    var listed: Set<String> { Set(services.services.filter(\.isListed).map(\.id)) }

    /// What the group of a service is called.
    func group(of service: Service) -> Wording? {
        services.groups.first { $0.id == service.group }?.name
    }
}

extension Service {
    /// What one question is called among the arguments of a filing.
    static func argument(_ question: ServiceQuestion) -> String { "attribute[\(question.id)]" }
}
