// What a page holds and every visitor gets.
const secret = import.meta.env.VITE_CLIENT_SECRET; // want credential-in-browser "import.meta.env.VITE_CLIENT_SECRET"
const password = process.env.REACT_APP_SHOP_PASSWORD; // want credential-in-browser "process.env.REACT_APP_SHOP_PASSWORD"
const map = process.env.NEXT_PUBLIC_MAP_TOKEN; // ok
const site = import.meta.env.VITE_SITE_KEY; // ok
const own = process.env.SHOP_PASSWORD; // ok
const client = new Client({ apiKey: key, dangerouslyAllowBrowser: true }); // want credential-in-browser "dangerouslyAllowBrowser"
const other = new Client({ apiKey: key, dangerouslyAllowBrowser: false }); // ok
fetch("https://api.example.org/orders", { headers: { Authorization: "Basic " + window.btoa(form.user + ":" + form.password) } }); // ok
const pair = "robot:Winter-Lake-22"; // want hardcoded-credential "Winter-Lake-22"
fetch("https://api.example.org/orders", { headers: { Authorization: "Basic " + btoa(pair) } }); // want credential-in-browser ""Basic " + btoa(pair)"
