// A form that is sent with what a passkey or security key answers.
//   <form data-controller="passkey" data-action="passkey#get"> or passkey#create,
//   with a hidden input as credential target, and the options as JSON in the data target
//   or behind options-url. A checkbox as alone target asks for a key that signs in by itself.
import { Controller, register } from "../site/js/sheke.js";

register("passkey", class extends Controller {
  static targets = ["credential", "data", "button", "problem", "missing", "alone"];
  static values = { optionsUrl: String };

  get(event) {
    return this.#answer(event, (options) => {
      const publicKey = decoded(options.request_options.publicKey);
      return navigator.credentials.get({ publicKey });
    });
  }

  create(event) {
    return this.#answer(event, (options) => {
      const asked = options.creation_options.publicKey;
      const alone = this.hasAloneTarget && this.aloneTarget.querySelector("input").checked;
      asked.authenticatorSelection = {
        ...asked.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone ? { userVerification: "required" } : {}),
      };
      return navigator.credentials.create({ publicKey: decoded(asked) });
    });
  }

  // The browser sends the form only once the key has answered.
  async #answer(event, ask) {
    event.preventDefault();
    this.problemTarget.hidden = this.missingTarget.hidden = true;
    if (!window.PublicKeyCredential) {
      this.missingTarget.hidden = false;
      return;
    }
    this.buttonTarget.disabled = true;
    try {
      const credential = await ask(await this.#options());
      this.credentialTarget.value = JSON.stringify(encoded(credential));
      this.element.submit();
    } catch {
      this.problemTarget.hidden = false;
      this.buttonTarget.disabled = false;
    }
  }

  async #options() {
    if (!this.optionsUrlValue) return JSON.parse(this.dataTarget.textContent);
    const answer = await fetch(this.optionsUrlValue, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    return answer.json();
  }
});

const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0),
);

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const named = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

/** Options as the server writes them, with bytes where the browser wants bytes. */
function decoded(options) {
  const made = { ...options, challenge: bytes(options.challenge) };
  if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) made.allowCredentials = named(options.allowCredentials);
  if (options.excludeCredentials) made.excludeCredentials = named(options.excludeCredentials);
  return made;
}

/** What the key answered, as the server reads it. */
function encoded(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}
