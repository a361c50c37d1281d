import Foundation
import Hummingbird

/// Style sheets, drawings and the script, read whole at start-up; nothing else on the disk can be
/// asked for.
package struct Assets: Sendable {
    private let files: [String: Asset]
    /// The markup of every icon.
    let icons: [Icon: String]
    /// What a chart in a file of its own is drawn by.
    let charts: ChartSheet

    struct Asset: Sendable {
        let body: ByteBuffer
        /// The same as gzip packs it; nil where that saves nothing.
        let packed: ByteBuffer?
        let type: String
        let version: String
    }

    /// Where Debian's package puts Bootstrap.
    package static let bootstrap = "/usr/share/javascript/bootstrap5/css/bootstrap.min.css"
    /// Where Debian's package puts the drawings of Bootstrap, a file each.
    package static let drawings = "/usr/share/bootstrap-icons/svg"

    /// Reads the project's `Public` folder, Bootstrap's style sheet and the icons.
    package init(
        folder: String, bootstrap: String = Assets.bootstrap, drawings: String = Assets.drawings
    ) throws(SetupFault) {
        var files: [String: Asset] = [:]
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        for name in names where !name.hasPrefix(".") && name.contains(".") {
            files[name] = try Assets.read(folder + "/" + name)
        }
        for name in ["groundwork.css", "pick.js", "seal.svg"] where files[name] == nil {
            throw SetupFault(["\(folder)/\(name) is missing: is this the project's Public folder?"])
        }
        guard FileManager.default.fileExists(atPath: bootstrap) else {
            throw SetupFault([
                "\(bootstrap) is missing: install the package libjs-bootstrap5, which brings the"
                    + " style sheet that pages build on"
            ])
        }
        files["vendor/bootstrap.min.css"] = try Assets.read(bootstrap)
        let sheet = Data(try IconSheet(folder: drawings).text.utf8)
        files["vendor/icons.svg"] = try Assets.asset(sheet, "svg", "vendor/icons.svg")
        self.files = files
        let sheetText = files["groundwork.css"].map { String(buffer: $0.body) } ?? ""
        charts = ChartSheet(sheetText)
        let address = Assets.href("vendor/icons.svg", files)
        icons = Dictionary(
            uniqueKeysWithValues: Icon.allCases.map { ($0, $0.html(in: address)) })
    }

    /// The icons as templates take them in, by their names there.
    package var partials: [String: String] {
        Dictionary(uniqueKeysWithValues: icons.map { ($0.partial, $1) })
    }

    /// The address of a file, which changes when its content does.
    package func href(_ name: String) -> String { Assets.href(name, files) }

    subscript(name: String) -> Asset? { files[name] }

    private static func href(_ name: String, _ files: [String: Asset]) -> String {
        guard let asset = files[name] else {
            preconditionFailure("a page names the asset \(name), which is not in Public")
        }
        return "/assets/\(name)?v=\(asset.version)"
    }

    private static func read(_ path: String) throws(SetupFault) -> Asset {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SetupFault(["\(path): the file cannot be opened"])
        }
        return try asset(data, String(path.split(separator: ".").last ?? ""), path)
    }

    private static func asset(
        _ data: Data, _ suffix: String, _ path: String
    ) throws(SetupFault) -> Asset {
        guard let type = types[suffix] else {
            throw SetupFault(["\(path): files that end in .\(suffix) are not served"])
        }
        guard data.count <= Limits.assetBytes else {
            throw SetupFault(["\(path): larger than \(Limits.assetBytes) bytes"])
        }
        let packed = gzipped(Array(data)).map { ByteBuffer(bytes: $0) }
        return Asset(
            body: ByteBuffer(bytes: data), packed: packed, type: type, version: version(of: data))
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png",
        "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]

    /// FNV-1a: tells two versions of a file apart, and is not meant to withstand a forger.
    private static func version(of data: Data) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in data { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

/// GET /assets/…: anyone. A file of `Public`, or 304 when the browser has it already; packed for
/// whoever can unpack it. Pages themselves are never packed here: beside a form's token, their size
/// would tell of it.
struct ShowAsset {
    let assets: Assets

    @Sendable func handle(_ request: Request, _ context: AppContext) throws -> Response {
        let name = context.parameters.getCatchAll().joined(separator: "/")
        guard let asset = assets[name] else { throw HTTPError(.notFound) }
        let packed = request.headers.takeGzip ? asset.packed : nil
        // What is sent differs byte by byte, so its mark does.
        let tag = "\"\(asset.version)\(packed == nil ? "" : "-gzip")\""
        let isHashed = Query(request).pairs.contains { $0.name == "v" && $0.value == asset.version }
        var headers = HTTPFields()
        headers[.contentType] = asset.type
        headers[.eTag] = tag
        headers[.vary] = "Accept-Encoding"
        headers[.cacheControl] =
            isHashed ? "public, max-age=\(Limits.assetSeconds), immutable" : "no-cache"
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",")
            .map { $0.filter { !$0.isWhitespace } }
        if known.contains(tag) || known.contains("W/" + tag) {
            return Response(status: .notModified, headers: headers)
        }
        if packed != nil { headers[.contentEncoding] = "gzip" }
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: packed ?? asset.body))
    }
}
