/// The Prometheus text format, version 0.0.4.
struct PrometheusText {
    private(set) var bytes: [UInt8] = []

    /// What comes before a metric's samples: what it says, where that is written down, and its kind.
    mutating func type(_ name: String, _ kind: String) {
        if let help = MetricHelp.text(of: name) { bytes.append(contentsOf: "# HELP \(name) \(help)\n".utf8) }
        bytes.append(contentsOf: "# TYPE \(name) \(kind)\n".utf8)
    }

    mutating func sample(_ name: String, labels: String, _ value: Double) {
        let braces = labels.isEmpty ? "" : "{\(labels)}"
        bytes.append(contentsOf: "\(name)\(braces) \(Self.number(value))\n".utf8)
    }

    mutating func bucket(_ name: String, labels: String, bound: String, _ count: UInt64) {
        let comma = labels.isEmpty ? "" : ","
        bytes.append(contentsOf: "\(name)_bucket{\(labels)\(comma)le=\"\(bound)\"} \(count)\n".utf8)
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }

    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`; every other character becomes an underscore.
    static func name(_ label: String) -> String {
        var name = String(
            label.unicodeScalars.map { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_"
                        || scalar == ":")
                    ? Character(scalar) : "_"
            })
        if name.isEmpty || name.first?.isNumber == true { name = "_" + name }
        return name
    }

    /// `a="1",b="2"`, sorted by name, values escaped.
    static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions
            .map { (name($0.0).replacingColons, escaped($0.1)) }
            .sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\"\($0.1)\"" }
            .joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n", "\r\n": text += "\\n"
            default: text.append(character)
            }
        }
    }
}

extension String {
    /// A label's name may hold no colon, unlike a metric's.
    fileprivate var replacingColons: String { String(map { $0 == ":" ? "_" : $0 }) }
}
