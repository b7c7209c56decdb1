/// Pieces of the page.
enum HTML {
    static let none = "<p class=\"none\">none yet</p>"

    /// A word in a colour that says how good it is.
    static func pill(_ text: String, _ colour: String) -> String {
        "<span class=\"pill \(colour)\">\(escaped(text))</span>"
    }

    /// Names with their counts, each with a bar for its share; those without any are left out.
    static func shares(_ parts: [(name: String, count: Int, colour: String)], of total: Int) -> String {
        guard total > 0 else { return none }
        let rows = parts.filter { $0.count > 0 }.map { part in
            """
            <tr><td>\(escaped(part.name))</td><td class="number">\(number(part.count))</td>\
            <td class="number">\(percent(part.count, of: total))</td>\
            <td class="line"><i class="\(part.colour)" style="width:\(percent(part.count, of: total))"></i></td></tr>
            """
        }
        return "<table><tbody>\(rows.joined())</tbody></table>"
    }

    /// With one decimal, never more than it is.
    static func percent(_ part: Int, of whole: Int) -> String {
        let tenths = whole == 0 ? 0 : part * 1000 / whole
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// Digits in groups of three.
    static func number(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let groups = stride(from: digits.count % 3 - 3, to: digits.count, by: 3).map { start in
            String(digits[max(0, start)..<max(0, start + 3)])
        }
        return (number < 0 ? "-" : "") + groups.filter { !$0.isEmpty }.joined(separator: ",")
    }

    /// A mean, which may be far below one: with two digits that say something.
    static func figure(_ mean: Double) -> String {
        guard mean > 0, mean < 10 else { return number(Int(mean.rounded())) }
        var (scale, decimals) = (10, 1)
        while mean * Double(scale) < 10, decimals < 4 { (scale, decimals) = (scale * 10, decimals + 1) }
        let digits = Int((mean * Double(scale)).rounded())
        let fraction = String(digits % scale)
        return "\(digits / scale).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
    }

    static func rate(_ perSecond: Double) -> String {
        guard perSecond > 0, perSecond < 10 else { return number(Int(perSecond.rounded())) }
        let tenths = max(1, Int((perSecond * 10).rounded()))
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// In the two largest units that matter.
    static func duration(_ seconds: Double) -> String {
        let seconds = Int(min(seconds, 1e9).rounded(.up))
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: "\(number(seconds / 86_400)) d \(seconds / 3600 % 24) h"
        }
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { html, character in
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.append(character)
            }
        }
    }
}
