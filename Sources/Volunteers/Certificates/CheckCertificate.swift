import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /volunteers/check, GET /volunteers/keys.txt. For everybody: whether a certificate
/// is as it was signed, and the public keys with which that is checked elsewhere. Nothing that is
/// pasted is kept, and no record is asked.
struct CheckCertificate: Sendable {
    let desk: VolunteerDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, FormState(context), nil)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await context.mending(form) {
            var reader = FormReader(form)
            let text = reader.lines(
                "certificate_text", atLeast: 1, upTo: VolunteerLimits.certificateCharacters,
                missing: Wording(zh: "请粘贴证明全文。", en: "Paste the whole certificate."))
            try reader.check()
            let signed = SignedText(reading: text)
            if signed == nil {
                reader.fault(
                    "certificate_text", zh: "这不是志愿服务证明的全文：要从首行到签名行。",
                    en: "This is no whole certificate: from the first line to the signature.")
            }
            try reader.check()
            guard let signed else { throw Refusal.notFound }
            return page(
                context, FormState(context, form), (signed, signed.verdict(try desk.keys.all())))
        } again: {
            page(context, $0, nil)
        }
    }

    @Sendable func keys(_ request: Request, _ context: AppContext) async throws -> Response {
        desk.site.download(
            Array(try desk.keys.list().utf8), as: "text/plain; charset=utf-8",
            named: "certificate-keys.txt", isShown: true)
    }

    private func page(
        _ context: AppContext, _ state: FormState,
        _ checked: (signed: SignedText, verdict: SignedText.Verdict)?
    ) -> Response {
        let words = desk.site.words(context)
        return desk.site.show(
            CertificateCheckPage(checked, state, context, words), context,
            trail: desk.trail(words), status: state.status)
    }
}

/// The form in which a certificate is pasted, and what is found.
struct CertificateCheckPage: Page {
    static let template = "volunteers/check"

    let title: String
    let lead: String
    let verdict: String?
    let verdictStyle: String
    let text: String?
    let sheet: FormSheet
    let keysHref: String

    var summary: FaultSummary? { sheet.summary }

    init(
        _ checked: (signed: SignedText, verdict: SignedText.Verdict)?, _ state: FormState,
        _ context: AppContext, _ words: Words
    ) {
        title = words["certificate_check"]
        lead = words["certificate_check_lead"]
        switch checked?.verdict {
        case nil: (verdict, verdictStyle) = (nil, "")
        case .genuine(let since):
            verdict = words["certificate_genuine", ["day": since.description]]
            verdictStyle = "tag-good"
        case .changed: (verdict, verdictStyle) = (words["certificate_changed"], "tag-warn")
        case .unknownKey: (verdict, verdictStyle) = (words["certificate_unknown"], "tag-warn")
        }
        if case .genuine = checked?.verdict { text = checked?.signed.body } else { text = nil }
        sheet = FormSheet(
            context.formHead(.checkCertificate, keeping: state.form), state,
            [
                state.lines(
                    "certificate_text", words["field_certificate_text"], rows: 10,
                    isRequired: true)
            ], submit: words["certificate_check_go"])
        keysHref = Address.certificateKeys.text
    }
}
