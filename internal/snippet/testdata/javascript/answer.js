// What a server answers is no text of the program.
async function renew(axios, router) {
  const settings = { timeout: 5000 };
  const answer = await axios.post(router.url + "/api/login", { user: router.user, password: router.password }, settings);
  settings.headers.Authorization = "Bearer " + answer.data.data.token; // ok
  settings.headers.Cookie = "session=" + answer.data.session; // ok
  await axios.post(router.url + "/api/send", { text: "done" }, settings);
}
