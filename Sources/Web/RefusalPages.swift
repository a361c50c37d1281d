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
            return await show(ErrorPage(refusal), request, context, refusal)
        } catch let error as CancellationError {
            // The reader has gone; there is nobody to answer.
            throw error
        } catch let error as DatabaseError {
            context.logger.error("database", metadata: ["error": "\(error)"])
            return await show(ErrorPage(error), request, context)
        } catch is SignedOut {
            return await show(.signedOut, request, context)
        } catch let error as ForgedForm {
            context.logger.warning(
                "a form without a token of ours",
                metadata: ["path": "\(context.endpointPath ?? "-")"])
            return await show(.forged, error.isForeign ? nil : request, context)
        } catch let error as HTTPError {
            return await show(ErrorPage(error.status), request, context)
        } catch let refusal as ApiRefusal {
            var response = await show(refusal.apology, request, context)
            response.headers.append(contentsOf: refusal.headers)
            return response
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            return await show(.broken, request, context)
        }
    }

    /// - Parameter request: nil for one of which nothing is shown again.
    private func show(
        _ apology: ErrorPage, _ request: Request?, _ context: AppContext, _ refusal: Refusal? = nil
    ) async -> Response {
        let words = site.words(context)
        if Api.covers(context.address.path) {
            let problem = Problem(
                apology: apology, refusal: refusal, words: words, requestID: context.id)
            return withPause(problem.response(context), apology)
        }
        var again: AgainForm?
        if let request, request.method == .post, FormOrigin(site: site).comesFromHere(request) {
            await context.sent.readBeginning(of: request)
            again = site.sentFields.declaration(for: context).flatMap {
                AgainForm(context.sent, $0, apology, context, words)
            }
        }
        let asked =
            request?.method == .get
            ? refusal.flatMap { AskedAgain($0, context.address, words) } : nil
        let page = RefusalPage(
            apology, refusal, again: again?.sheet, asked: asked, words: words,
            requestID: context.id)
        return withPause(site.show(page, context, status: apology.status), apology)
    }

    /// The same, with the time after which it is worth trying again.
    private func withPause(_ response: Response, _ apology: ErrorPage) -> Response {
        var response = response
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
    /// Nil where the form below says all of it.
    let sentence: String?
    let faults: [Line]
    let hasFaults: Bool
    let requestID: String?
    /// What was sent, to be looked over and sent again.
    let again: FormSheet?
    /// What was asked for, to be asked again.
    let asked: AskedAgain?
    /// Where to go on: home, or to sign in beside the form that waits here.
    let wayOn: Link
    let wayTarget: String

    struct Line {
        let place: String
        let sentence: String
    }

    package init(
        _ apology: ErrorPage, _ refusal: Refusal?, again: FormSheet? = nil,
        asked: AskedAgain? = nil, words: Words, requestID: String
    ) {
        title = words[apology.word]
        switch refusal {
        case .conflict(let wording):
            sentence = wording[words.language]
            faults = []
        case .invalid(let list):
            sentence = words[apology.word + "_text"]
            faults = list.filter { asked?.places.contains($0.fieldName) != true }.map {
                Line(place: $0.place, sentence: $0.words[words.language])
            }
        default:
            // What is said above the form that comes back says all of it.
            sentence =
                again != nil && apology.isSaidAboveForm ? nil : words[apology.word + "_text"]
            faults = []
        }
        hasFaults = !faults.isEmpty
        // A refusal explains itself; a fault of ours is looked up by its number.
        self.requestID = apology.status.code >= 500 ? requestID : nil
        self.again = again
        self.asked = asked
        wayOn =
            apology.isSignedOut
            ? Link(words["refusal_sign_in"], Address("sign-in"))
            : Link(words["refusal_home"], Address())
        wayTarget = apology.isSignedOut && again != nil ? "_blank" : "_self"
    }
}
