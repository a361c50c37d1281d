import App
import ArgumentParser
import Core
import Foundation
import Volunteers

/// groundwork certificate: certificates of volunteer service and the keys that sign them.
struct CertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate", abstract: "Check certificates, and keep the keys they rest on.",
        subcommands: [
            CertificateCheckCommand.self, CertificateKeysCommand.self,
            CertificateRotateCommand.self,
        ])
}

/// Says whether a certificate is as it was signed. It asks no database and no network.
struct CertificateCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether a certificate is as it was signed.",
        discussion: """
            Needs the text of the certificate and the public keys, as /volunteers/keys.txt of the \
            district gives them; no database and no network. The exit status is 1 where it was \
            changed or signed with another key.
            """)

    @Argument(help: "The file with the whole text.", completion: .file())
    var file: String

    @Option(help: "The file with the public keys.", completion: .file())
    var keys: String

    func run() throws {
        guard let signed = SignedText(reading: try Self.text(of: file)) else {
            throw Refusal.invalid(
                file, zh: "这不是志愿服务证明的全文。", en: "This is no whole certificate.")
        }
        switch signed.verdict(CertificateKeys.read(try Self.text(of: keys))) {
        case .genuine(let since):
            print(signed.body)
            Terminal.say(
                zh: "签名有效，内容未被改动（密钥启用于\(since)）。",
                en: "Genuine and unchanged (the key is of \(since)).")
        case .changed:
            Terminal.say(zh: "签名无效：内容被改动过。", en: "Not genuine: something was changed.")
            throw ExitCode(1)
        case .unknownKey:
            Terminal.say(
                zh: "不是用这些密钥签的。", en: "Not signed with any of these keys.")
            throw ExitCode(1)
        }
    }

    private static func text(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal.invalid(
                path, zh: "文件无法读取：\(path)。", en: "The file cannot be read: \(path).")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

struct CertificateKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Print the public keys, those of before among them.")

    @OptionGroup var options: DataOptions

    func run() throws {
        print(try options.folder.certificateKeys().list(), terminator: "")
    }
}

struct CertificateRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Forget the key that signs for a new one.",
        discussion: "What was signed before can be checked as before: its public key is kept.")

    @OptionGroup var options: DataOptions

    func run() throws {
        let made = try options.folder.certificateKeys().rotate()
        print(made.line)
    }
}
