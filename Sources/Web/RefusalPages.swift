import Core
import Hummingbird
import Storage

/// Turns whatever a verb throws into a plain page in the reader's language.
///
/// A refusal says what to do next. Anything else is logged once, with the request's number, and
/// the page shows that number and nothing of the inside.
struct RefusalPages: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let refusal as Refusal {
            return show(Apology(refusal), context, refusal)
        } catch let error as CancellationError {
            // The reader has gone; there is nobody to answer.
            throw error
        } catch let error as DatabaseError {
            context.logger.error("database", metadata: ["error": "\(error)"])
            return show(Apology(error), context)
        } catch is SignedOut {
            return show(.signedOut, context)
        } catch is ForgedForm {
            context.logger.warning(
                "a form without a token of ours",
                metadata: ["path": "\(context.endpointPath ?? "-")"])
            return show(.forged, context)
        } catch let error as HTTPError {
            return show(Apology(error.status), context)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            return show(.broken, context)
        }
    }

    private func show(
        _ apology: Apology, _ context: AppContext, _ refusal: Refusal? = nil
    ) -> Response {
        let page = RefusalPage(
            apology, refusal, words: site.words(context), requestID: context.id)
        var response = site.show(page, context, status: apology.status)
        switch apology.status {
        case .serviceUnavailable: response.headers[.retryAfter] = String(Limits.retrySeconds)
        case .tooManyRequests: response.headers[.retryAfter] = String(Limits.pauseSeconds)
        default: break
        }
        return response
    }
}

/// The plain page itself.
package struct RefusalPage: Page {
    package static let template = "refusal"

    package let title: String
    let sentence: String
    let faults: [Line]
    let hasFaults: Bool
    let requestID: String?
    let homeHref: String

    struct Line {
        let place: String
        let sentence: String
    }

    package init(_ apology: Apology, _ refusal: Refusal?, words: Words, requestID: String) {
        title = words[apology.word]
        switch refusal {
        case .conflict(let wording):
            sentence = wording[words.language]
            faults = []
        case .invalid(let list):
            sentence = words[apology.word + "_text"]
            faults = list.map { Line(place: $0.place, sentence: $0.words[words.language]) }
        default:
            sentence = words[apology.word + "_text"]
            faults = []
        }
        hasFaults = !faults.isEmpty
        // A refusal explains itself; a fault of ours is looked up by its number.
        self.requestID = apology.status.code >= 500 ? requestID : nil
        homeHref = Address().text
    }
}
