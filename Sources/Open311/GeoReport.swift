import Core
import Hummingbird
import Ledger
import Requests
import Storage
import Web

/// What every call of the interface is given, and how it answers: in the format of its address,
/// its refusals among the answers.
struct GeoReport: Sendable {
    let requests: Requests
    let site: Site
    let rates: RateLimit

    /// How many requests one key may file in a minute.
    static let filedPerMinute = 60

    var district: District { requests.district }
    var listed: Set<String> { requests.listed }
    var today: Day { district.now().day }

    /// Answers a call, whatever becomes of it.
    func answer(
        _ format: GeoFormat, _ context: AppContext, _ find: () async throws -> GeoAnswer
    ) async throws -> Response {
        let answer: GeoAnswer
        do {
            answer = try await find()
        } catch let errors as GeoErrors {
            answer = errors.answer(context.language)
        } catch let refusal as Refusal {
            answer = GeoErrors(refusal).answer(context.language)
        }
        return answer.response(as: format, context)
    }

    /// A file with its format in the address; one of another end is told in the format that is
    /// mandatory.
    func answer(
        file: String, _ context: AppContext, _ find: (String) async throws -> GeoAnswer
    ) async throws -> Response {
        guard let (name, format) = GeoFormat.split(file) else {
            return try await answer(.xml, context) {
                throw GeoErrors.missing(
                    "format", zh: "地址须以 .xml 或 .json 结尾。",
                    en: "An address ends with .xml or .json.")
            }
        }
        return try await answer(format, context) { try await find(name) }
    }

    /// How requests are told in a language. This server has one jurisdiction: whichever is
    /// named, it is that.
    func told(_ db: Connection, _ language: Language) throws -> ToldRequest {
        ToldRequest(
            requests: requests, structure: try district.structure(db), today: today,
            language: language)
    }
}
