import Core
import Hummingbird
import Ledger
import Papers
import Storage
import Web

/// GET /my/service/certificate, …certificate.txt and …certificate.pdf. For anyone who is signed in:
/// what they did, signed, as a page, a text to hand on, and a paper. It costs nothing and is made
/// whenever they ask.
struct ShowCertificate: Sendable {
    let desk: VolunteerDesk

    @Sendable func page(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let (certificate, signed) = try await certificate(context, words)
        return desk.site.show(
            CertificatePage(certificate, signed, words), context,
            trail: desk.trail(words) + [Link(words["volunteers_service"], .service)])
    }

    @Sendable func text(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let signed = try await certificate(context, words).signed
        return desk.site.download(
            Array(signed.text.utf8), as: "text/plain; charset=utf-8",
            named: words["certificate_title"] + ".txt", plainly: "certificate.txt")
    }

    @Sendable func pdf(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let (certificate, signed) = try await certificate(context, words)
        let bytes = try await PaperPrinter.pdf(
            of: certificate.paper(signed, address: Address.checkCertificate.text))
        return desk.site.download(
            bytes, as: PaperPrinter.type, named: words["certificate_title"] + ".pdf",
            plainly: "certificate.pdf")
    }

    private func certificate(
        _ context: AppContext, _ words: Words
    ) async throws -> (certificate: Certificate, signed: SignedText) {
        let certificate = try await desk.app.database.read { [desk] db in
            try Certificate(
                of: desk.entries(of: context.reader.account, db), desk, words, db)
        }
        return (certificate, try SignedText(certificate.text, by: desk.keys.signing()))
    }
}

/// A certificate as whom it is about reads it.
struct CertificatePage: Page {
    static let template = "volunteers/certificate"

    let title: String
    let lead: String
    let lines: [CertificateLine]
    let total: String
    let text: String
    let textHref: String
    let pdfHref: String
    let how: String

    struct CertificateLine: Sendable {
        let need: String
        let when: String
        let minutes: String
        let confirmed: String
    }

    init(_ certificate: Certificate, _ signed: SignedText, _ words: Words) {
        title = words["certificate_title"]
        lead = words["certificate_lead"]
        lines = certificate.lines.map {
            CertificateLine(
                need: $0.need, when: $0.when, minutes: "\($0.minutes)", confirmed: $0.confirmed)
        }
        total = certificate.total
        text = signed.text
        textHref = Address.certificateText.text
        pdfHref = Address.certificatePaper.text
        how = words["certificate_how", ["address": Address.checkCertificate.text]]
    }
}
